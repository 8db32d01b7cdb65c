import { Controller } from "@hotwired/stimulus";

/** A form that is under way is not sent twice, and its button says so. */
export class Waiting extends Controller {
  connect() {
    this.again = this.again.bind(this);
    addEventListener("pageshow", this.again);
  }

  disconnect() {
    removeEventListener("pageshow", this.again);
  }

  send(event) {
    if (this.element.ariaBusy === "true") {
      event.preventDefault();
      return;
    }
    this.element.ariaBusy = "true";
    event.submitter?.setAttribute("aria-busy", "true");
  }

  /** Coming back to the page, by the browser's memory or after an answer in place. */
  again() {
    this.element.ariaBusy = null;
    this.element.querySelector("button[aria-busy]:not([aria-disabled])")?.removeAttribute("aria-busy");
  }
}
