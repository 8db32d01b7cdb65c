import { Controller } from "@hotwired/stimulus";

/** A press beside the window closes it; the browser itself keeps focus inside and gives it back. */
export class Dialog extends Controller {
  backdrop(event) {
    if (event.target !== this.element || !this.element.open) return;
    const { left, right, top, bottom } = this.element.getBoundingClientRect();
    const inside =
      event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) this.element.close();
  }
}
