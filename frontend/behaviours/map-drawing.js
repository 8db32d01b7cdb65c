import { control, divIcon, map as createMap, marker, polygon } from "leaflet";
import "../css/map.css";

const CLOSE = 15;
const SIZE = [36, 36];

/**
 * A map without tiles: an outline and numbered points.
 *
 * @returns {{show(index: number): void, remove(): void}}
 */
export function draw(ground, { outline, points, words }) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = createMap(ground, {
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: false,
    zoomSnap: 0.5,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
  });
  control.zoom(words).addTo(map);
  if (outline.length) polygon(outline, { className: "map-outline", interactive: false }).addTo(map);
  const markers = points.map((point, n) => pin(point, n).addTo(map));
  const all = [...outline, ...points.map(({ place }) => place)];
  map.fitBounds(all, { padding: [28, 28], maxZoom: CLOSE });
  return {
    show(index) {
      map.setView(points[index].place, Math.max(map.getZoom(), CLOSE), { animate: !calm });
      markers[index].openPopup();
    },
    remove: () => map.remove(),
  };
}

function pin({ place, label, detail, tone }, n) {
  const icon = divIcon({ className: `map-pin map-pin-${tone}`, html: String(n + 1), iconSize: SIZE });
  const words = document.createElement("div");
  const name = document.createElement("strong");
  name.textContent = label;
  words.append(name, document.createElement("br"), detail);
  return marker(place, { icon, title: label, alt: label, keyboard: true }).bindPopup(words);
}
