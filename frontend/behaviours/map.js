import { Controller } from "@hotwired/stimulus";

/** Draws the points of a list on plain ground. The drawing itself is loaded only where a map is. */
export class Map extends Controller {
  static targets = ["ground", "point", "finder"];
  static values = { outline: Array, zoomIn: String, zoomOut: String };

  async connect() {
    const { draw } = await import("./map-drawing.js");
    if (!this.element.isConnected) return;
    this.groundTarget.hidden = false;
    this.drawing = draw(this.groundTarget, {
      outline: this.outlineValue,
      points: this.pointTargets.map(pointOf),
      words: { zoomInTitle: this.zoomInValue, zoomOutTitle: this.zoomOutValue },
    });
    for (const finder of this.finderTargets) finder.hidden = false;
    this.element.dataset.drawn = "yes";
  }

  disconnect() {
    this.drawing?.remove();
  }

  show(event) {
    this.drawing.show(this.pointTargets.indexOf(event.currentTarget.closest("li")));
  }
}

function pointOf(item) {
  const { latitude, longitude, tone } = item.dataset;
  const words = item.querySelector("span:nth-of-type(2)");
  return {
    place: [Number(latitude), Number(longitude)],
    label: words.querySelector("strong").textContent,
    detail: words.querySelector("small")?.textContent ?? "",
    tone,
  };
}
