import "./dom.js";
export function mount() {}
