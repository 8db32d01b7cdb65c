import "./css/nayu.css";

import { Application } from "@hotwired/stimulus";
import htmx from "htmx.org";

import { Counter } from "./behaviours/counter.js";
import { Dialog } from "./behaviours/dialog.js";
import { Drawer } from "./behaviours/drawer.js";
import { Map } from "./behaviours/map.js";
import { Menu } from "./behaviours/menu.js";
import { Opener } from "./behaviours/opener.js";
import { Preview } from "./behaviours/preview.js";
import { Shortcuts } from "./behaviours/shortcuts.js";
import { Summary } from "./behaviours/summary.js";
import { Tabs } from "./behaviours/tabs.js";
import { Toasts } from "./behaviours/toasts.js";
import { Waiting } from "./behaviours/waiting.js";

// The content security policy allows neither eval nor a style element.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
});

const behaviours = {
  counter: Counter,
  dialog: Dialog,
  drawer: Drawer,
  map: Map,
  menu: Menu,
  opener: Opener,
  preview: Preview,
  shortcuts: Shortcuts,
  summary: Summary,
  tabs: Tabs,
  toasts: Toasts,
  waiting: Waiting,
};

const application = Application.start();
for (const [name, behaviour] of Object.entries(behaviours)) {
  application.register(name, behaviour);
}
document.documentElement.dataset.script = "runs";
