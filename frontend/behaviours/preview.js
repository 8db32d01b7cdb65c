import { Controller } from "@hotwired/stimulus";

const UNITS = ["B", "kB", "MB"];

/** Shows the pictures that were chosen, before they are sent. */
export class Preview extends Controller {
  static targets = ["input", "list", "pattern", "clear", "heard"];

  connect() {
    this.show();
  }

  show() {
    const files = [...this.inputTarget.files];
    this.listTarget.replaceChildren(...files.map((file) => this.drawn(file)));
    this.listTarget.hidden = this.clearTarget.hidden = files.length === 0;
    this.heardTarget.textContent = files.map((file) => file.name).join(", ");
  }

  clear() {
    this.inputTarget.value = "";
    this.show();
    this.heardTarget.textContent = this.heardTarget.dataset.none;
    this.inputTarget.focus();
  }

  drawn(file) {
    const item = this.patternTarget.content.cloneNode(true);
    item.querySelector(".preview-name").textContent = file.name;
    item.querySelector(".preview-size").textContent = size(file.size);
    if (file.type.startsWith("image/")) this.picture(item.querySelector("img"), file);
    return item;
  }

  picture(image, file) {
    // As data: the content security policy allows no blob: addresses.
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      image.src = reader.result;
      image.hidden = false;
    });
    reader.readAsDataURL(file);
  }
}

function size(bytes) {
  const step = bytes >= 1e6 ? 2 : bytes >= 1e3 ? 1 : 0;
  return `${(bytes / 1000 ** step).toLocaleString("en", { maximumFractionDigits: 1 })} ${UNITS[step]}`;
}
