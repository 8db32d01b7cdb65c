import { Controller } from "@hotwired/stimulus";

/** `/` leads to the search, `?` shows the keys; never while somebody writes. */
export class Shortcuts extends Controller {
  static targets = ["search", "help"];

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || writes(event.target)) return;
    if (event.key === "/" && this.hasSearchTarget) {
      event.preventDefault();
      this.searchTarget.focus();
      this.searchTarget.select();
    } else if (event.key === "?" && this.hasHelpTarget) {
      event.preventDefault();
      this.helpTarget.querySelector("a, button").click();
    }
  }
}

function writes(element) {
  return element.matches("input, textarea, select") || element.isContentEditable;
}
