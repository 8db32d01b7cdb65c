import { Controller } from "@hotwired/stimulus";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** Turns links to panels below each other into tabs. */
export class Tabs extends Controller {
  static targets = ["list", "tab", "panel"];

  connect() {
    this.listTarget.setAttribute("role", "tablist");
    for (const item of this.listTarget.children) item.setAttribute("role", "presentation");
    this.tabTargets.forEach((tab, n) => {
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", this.panelTargets[n].id);
      this.panelTargets[n].setAttribute("role", "tabpanel");
      this.panelTargets[n].tabIndex = 0;
    });
    const asked = this.tabTargets.findIndex((tab) => tab.hash === location.hash);
    this.show(Math.max(asked, 0));
  }

  choose(event) {
    event.preventDefault();
    this.show(this.tabTargets.indexOf(event.currentTarget));
  }

  move(event) {
    const count = this.tabTargets.length;
    const now = this.tabTargets.indexOf(event.currentTarget);
    const ends = { Home: 0, End: count - 1 };
    const next = event.key in STEPS ? (now + STEPS[event.key] + count) % count : ends[event.key];
    if (next === undefined) {
      if (event.key === " ") this.choose(event);
      return;
    }
    event.preventDefault();
    this.show(next);
    this.tabTargets[next].focus();
  }

  show(chosen) {
    this.tabTargets.forEach((tab, n) => {
      tab.setAttribute("aria-selected", String(n === chosen));
      tab.tabIndex = n === chosen ? 0 : -1;
      this.panelTargets[n].hidden = n !== chosen;
    });
  }
}
