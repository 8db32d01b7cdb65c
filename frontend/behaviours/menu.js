import { Controller } from "@hotwired/stimulus";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Arrow keys move through an open menu; Escape, leaving or a press elsewhere closes it. */
export class Menu extends Controller {
  static targets = ["summary", "item"];

  move(event) {
    if (event.key === "Escape" && this.element.open) {
      event.stopPropagation();
      this.close();
      this.summaryTarget.focus();
    } else if (event.key in STEPS && this.itemTargets.length) {
      event.preventDefault();
      this.element.open = true;
      this.step(STEPS[event.key]);
    }
  }

  step(by) {
    const items = this.itemTargets;
    const now = items.indexOf(document.activeElement);
    const next = now < 0 ? (by > 0 ? 0 : -1) : now + by;
    items.at(next % items.length).focus();
  }

  left(event) {
    if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.close();
  }

  outside(event) {
    if (!this.element.contains(event.target)) this.close();
  }

  close() {
    this.element.open = false;
  }
}
