import { Controller } from "@hotwired/stimulus";

/** After a refused form, reading begins with what must be put right. */
export class Summary extends Controller {
  connect() {
    this.element.focus();
  }

  lead(event) {
    const field = document.getElementById(event.currentTarget.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.closest(".field")?.scrollIntoView();
    field.focus({ preventScroll: true });
  }
}
