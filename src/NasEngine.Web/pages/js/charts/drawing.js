// A network drawn from input to output: a box a block, as wide as it has channels; left-out blocks as dashed ghosts.

import { svg } from "../dom/h.js";

const width = 350;
const boxLeft = 84;
const boxRoom = 110;
const textLeft = 206;
const middle = boxLeft + boxRoom / 2;

/** Draws { input, stages: [{ name, resolution, blocks }], output }. */
export function drawNetwork(drawing, label) {
  const blocks = drawing.stages.flatMap(stage => stage.blocks).filter(block => !block.isSkipped);
  const widest = Math.max(1, ...blocks.map(inside));
  const parts = [];
  let y = 4;
  const way = to => {
    parts.push(svg("path", { class: "way", d: `M${middle} ${y}V${to}` }));
    y = to;
  };
  const end = words => {
    parts.push(svg("rect", { class: "end", x: boxLeft, y, width: boxRoom, height: 26, rx: 13 }), svg("text", { x: middle, y: y + 17, "text-anchor": "middle" }, words));
    y += 26;
  };

  if (drawing.input) {
    end(drawing.input);
    way(y + 14);
  }

  for (const stage of drawing.stages) {
    const top = y;
    parts.push(svg("text", { class: "strong", x: 4, y: y + 14 }, stage.name));
    if (stage.resolution > 1) parts.push(svg("text", { class: "soft", x: 4, y: y + 29 }, `${stage.resolution} × ${stage.resolution}`));
    stage.blocks.forEach((block, index) => {
      const height = block.isSkipped ? 18 : 30;
      parts.push(...drawBlock(block, widest, y, height));
      const isLast = index === stage.blocks.length - 1;
      const next = isLast ? Math.max(y + height + 14, top + 40) : y + height + 10;
      y += height;
      way(next);
    });
  }

  if (drawing.output) end(drawing.output);
  return svg("svg", { class: "drawing", viewBox: `0 0 ${width} ${y + 4}`, role: "img", "aria-label": label ?? describe(drawing) }, parts);
}

function drawBlock(block, widest, y, height) {
  if (block.isSkipped) {
    const ghost = Math.max(24, boxRoom * Math.min(1, block.channels / widest));
    return [
      svg("rect", { class: "ghost", x: middle - ghost / 2, y, width: ghost, height, rx: 4 }),
      svg("text", { class: "soft", x: textLeft, y: y + 13 }, `${block.operation} left out`),
    ];
  }

  const broad = Math.max(6, boxRoom * inside(block) / widest);
  const slim = Math.max(6, boxRoom * block.channels / widest);
  const kernel = block.kernel ? ` ${block.kernel} × ${block.kernel}` : "";
  const expansion = block.expansion ? `, expand ${block.expansion}` : "";
  return [
    svg("rect", { class: "inside", x: middle - broad / 2, y, width: broad, height, rx: 4 }),
    svg("rect", { class: "outside", x: middle - slim / 2, y, width: slim, height, rx: 3 }),
    svg("text", { x: textLeft, y: y + 12 }, block.operation + kernel),
    svg("text", { class: "soft", x: textLeft, y: y + 27 }, `${block.channels} channels${expansion}`),
  ];
}

function inside(block) {
  return block.channels * Math.max(1, block.expansion ?? 1);
}

function describe(drawing) {
  const stages = drawing.stages.map(stage => `${stage.name}: ${stage.blocks.filter(block => !block.isSkipped)
    .map(block => `${block.operation}${block.kernel ? ` ${block.kernel} × ${block.kernel}` : ""}, ${block.channels} channels`).join("; ") || "empty"}`);
  return `Network with input ${drawing.input}. ${stages.join(". ")}. Output ${drawing.output}.`;
}
