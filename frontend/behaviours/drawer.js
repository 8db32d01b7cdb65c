import { Controller } from "@hotwired/stimulus";

/** The side navigation on a phone. Without JavaScript the links lead to it and back. */
export class Drawer extends Controller {
  static targets = ["button", "panel"];

  connect() {
    this.buttonTarget.setAttribute("role", "button");
    this.buttonTarget.setAttribute("aria-controls", this.panelTarget.id);
    this.show(false);
  }

  get open() {
    return this.panelTarget.classList.contains("drawer-open");
  }

  toggle(event) {
    event.preventDefault();
    this.show(!this.open);
    if (this.open) this.panelTarget.querySelector("a, button")?.focus();
  }

  close(event) {
    if (!this.open) return;
    event.preventDefault();
    this.show(false);
    this.buttonTarget.focus();
  }

  show(open) {
    this.panelTarget.classList.toggle("drawer-open", open);
    this.buttonTarget.setAttribute("aria-expanded", String(open));
  }
}
