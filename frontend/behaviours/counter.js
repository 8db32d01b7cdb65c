import { Controller } from "@hotwired/stimulus";

/** Says how many characters are left; spoken only when the writer rests. */
export class Counter extends Controller {
  static targets = ["text", "words", "heard"];

  connect() {
    this.count = this.count.bind(this);
    this.textTarget.addEventListener("input", this.count);
    this.count();
  }

  disconnect() {
    this.textTarget.removeEventListener("input", this.count);
    clearTimeout(this.resting);
  }

  count() {
    // Marks above and below a Thai letter are characters to the server too.
    const used = [...this.textTarget.value].length;
    const left = Number(this.textTarget.dataset.limit) - used;
    const { left: enough, over } = this.wordsTarget.dataset;
    const words = (left < 0 ? over : enough).replace("{n}", Math.abs(left).toLocaleString("en"));
    this.wordsTarget.textContent = words;
    this.wordsTarget.classList.toggle("count-over", left < 0);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.say(used ? words : ""), 1000);
  }

  say(words) {
    this.heardTarget.textContent = words;
  }
}
