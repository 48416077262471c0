// Reads [{ name, width, height, option, theme }] on standard input and writes { name: svg, … } to standard output.
// Sizes are in CSS pixels; theme is an ECharts theme object, or absent. The same input gives the same bytes.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MISSING_MODULE = 3;

// The modules lie where the environment says, else beside this file, else in the device agent's folder of the source tree.
function modulesFolder() {
  if (process.env.NAS_AGENT_MODULES) {
    return path.resolve(process.env.NAS_AGENT_MODULES);
  }

  const here = path.dirname(fileURLToPath(import.meta.url));
  const folders = [path.join(here, 'node_modules'), path.join(here, '..', '..', 'NasEngine.DeviceAgent', 'node_modules')];
  return folders.find(folder => existsSync(path.join(folder, 'echarts'))) ?? folders[0];
}

function loadECharts() {
  const folder = modulesFolder();
  try {
    return createRequire(path.join(folder, '..', 'anchor.cjs'))(path.join(folder, 'echarts'));
  } catch (problem) {
    console.error(`echarts can't be loaded from ${folder}: ${String(problem.message).split('\n')[0]}`);
    process.exit(MISSING_MODULE);
  }
}

async function readInput() {
  const chunks = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

// ECharts numbers its ids through all charts of a process and adds rules and marks for a pointer:
// ids take the chart's name, so that they do not depend on the order and stay unique in one page; the rest goes.
function tidy(svg, name) {
  return svg
    .replace(/<style\s*>[\s\S]*?<\/style>\s*/g, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/ ecmeta_[a-z_]+="[^"]*"/g, '')
    .replace(/ pointer-events="visible"/g, '')
    .replace(/zr\d+-/g, `${name}-`)
    .replace(/<(svg|defs|g) +>/g, '<$1>');
}

function draw(echarts, { name, width, height, option, theme }) {
  const chart = echarts.init(null, theme ?? null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ ...option, animation: false });
    return tidy(chart.renderToSVGString({ useViewBox: true }), name);
  } finally {
    chart.dispose();
  }
}

const echarts = loadECharts();
const charts = await readInput();
const drawings = Object.fromEntries(charts.map(chart => [chart.name, draw(echarts, chart)]));
// ECharts keeps a timer alive: without the exit the process would never end.
process.stdout.write(JSON.stringify(drawings), () => process.exit(0));
