import { Controller } from "@hotwired/stimulus";

/** A link to a dialog opens it over the page. */
export class Opener extends Controller {
  open(event) {
    const dialog = document.getElementById(this.element.hash.slice(1));
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
  }
}
