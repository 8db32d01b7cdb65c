import { Controller } from "@hotwired/stimulus";

/**
 * Short news. They stay until they are closed: reading takes the time it takes.
 *
 * Any script, or the server by `HX-Trigger: {"toast": {"text": "…", "tone": "success"}}`, adds one.
 */
export class Toasts extends Controller {
  static targets = ["toast", "pattern"];

  toastTargetConnected(toast) {
    toast.querySelector("button").hidden = false;
  }

  add({ detail }) {
    const pattern = this.patternTargets.find(({ dataset }) => dataset.tone === detail.tone);
    const toast = pattern.content.cloneNode(true);
    toast.querySelector("p").textContent = detail.text;
    this.element.append(toast);
  }

  dismiss(event) {
    event.currentTarget.closest(".toast").remove();
  }
}
