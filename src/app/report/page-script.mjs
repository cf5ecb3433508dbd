/*
 * The page's own script: draws a weight trace when its box can be seen, in the colours of the page, and keeps the
 * letters of a floor plan at their size. Without it everything but the charts is there.
 */
/* global document, getComputedStyle, matchMedia, ResizeObserver, uPlot, addEventListener */
const traces = JSON.parse(document.querySelector('#traces').textContent);
const charts = new Map();
const FONT = '13px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Shades the time in which a plate stepped, under the lines. */
function drawWindows(u, trace) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.fillStyle = colour('window');
  for (const step of trace.plates.flatMap((plate) => plate.steps)) {
    const from = Math.max(bbox.left, u.valToPos(step.from, 'x', true));
    const to = Math.min(bbox.left + bbox.width, u.valToPos(step.to, 'x', true));
    ctx.fillRect(from, bbox.top, Math.max(2, to - from), bbox.height);
  }
  ctx.restore();
}

/** The levels around one step as dashed lines: the one before only where no earlier step drew it. */
function drawLevel(u, steps, index) {
  const { ctx, bbox } = u;
  const step = steps[index];
  const next = steps[index + 1];
  const across = (value) => u.valToPos(value, 'x', true);
  const up = (value) => u.valToPos(value, 'y', true);
  ctx.beginPath();
  if (index === 0) {
    ctx.moveTo(bbox.left, up(step.before));
    ctx.lineTo(across(step.from), up(step.before));
  }
  ctx.moveTo(across(step.to), up(step.after));
  ctx.lineTo(next ? across(next.from) : bbox.left + bbox.width, up(step.after));
  ctx.stroke();
}

/** The size of a step beside its later level, with a rim so that it can be read on the lines. */
function writeStep(u, step) {
  const { ctx, bbox } = u;
  const gap = 8 * uPlot.pxRatio;
  const before = u.valToPos(step.from, 'x', true);
  const behind = u.valToPos(step.to, 'x', true);
  const after = u.valToPos(step.after, 'y', true);
  const isRoomRight = behind + gap + ctx.measureText(step.label).width < bbox.left + bbox.width;
  const isLow = after > bbox.top + bbox.height / 2;
  const x = isRoomRight ? behind + gap : before - gap;
  const y = isLow ? after - 1.2 * gap : after + 2.4 * gap;
  ctx.textAlign = isRoomRight ? 'left' : 'right';
  ctx.strokeText(step.label, x, y);
  ctx.fillText(step.label, x, y);
}

function drawSteps(u, trace) {
  const { ctx } = u;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.strokeStyle = colour('ink');
  ctx.lineWidth = 2 * ratio;
  ctx.setLineDash([6 * ratio, 4 * ratio]);
  for (const { steps } of trace.plates) steps.forEach((_, index) => drawLevel(u, steps, index));
  ctx.setLineDash([]);
  ctx.fillStyle = colour('ink');
  ctx.strokeStyle = colour('ground');
  ctx.lineWidth = 4 * ratio;
  ctx.lineJoin = 'round';
  ctx.font = FONT.replace('13px', `600 ${13 * ratio}px`);
  for (const { steps } of trace.plates) for (const step of steps) writeStep(u, step);
  ctx.restore();
}

function seriesOf(plate, touchedBefore) {
  const isTouched = plate.steps.length > 0;
  const look = colour(`look-${(touchedBefore % 8) + 1}`);
  return {
    label: plate.label,
    stroke: isTouched ? look : colour('still'),
    width: isTouched ? 2.25 : 0.9,
    dash: isTouched && touchedBefore > 0 ? [8, 3] : undefined,
    points: { show: false },
    spanGaps: false,
  };
}

/** Neighbours first, so that what stepped lies on top. */
function inDrawingOrder(plates) {
  return [...plates].sort((a, b) => Math.sign(a.steps.length) - Math.sign(b.steps.length));
}

/** The range of all samples and levels, with room for the labels, and never so small that noise looks like a step. */
function rangeOf(trace) {
  const LEAST_GRAMS = 40;
  let low = 0;
  let high = 0;
  for (const plate of trace.plates) {
    for (const value of plate.grams) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    for (const step of plate.steps) {
      low = Math.min(low, step.after);
      high = Math.max(high, step.after);
    }
  }
  const spare = Math.max(LEAST_GRAMS - (high - low), (high - low) * 0.16) / 2;
  return [low - spare, high + spare];
}

function axisOf(label, size) {
  return {
    label,
    labelFont: FONT,
    labelSize: 22,
    font: FONT,
    size,
    stroke: colour('soft'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { stroke: colour('line'), width: 1, size: 5 },
    values: (u, splits) => splits.map((split) => `${split}`.replace('-', '−')),
  };
}

function draw(box) {
  const trace = traces[box.dataset.trace];
  if (!trace) return;
  charts.get(box)?.destroy();
  const ordered = { ...trace, plates: inDrawingOrder(trace.plates) };
  let touched = 0;
  const series = ordered.plates.map((plate) => seriesOf(plate, plate.steps.length > 0 ? touched++ : 0));
  const options = {
    width: box.clientWidth,
    height: box.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: rangeOf(ordered) } },
    axes: [axisOf('seconds since start', 34), axisOf('grams', 52)],
    series: [{}, ...series],
    hooks: { drawAxes: [(u) => drawWindows(u, ordered)], draw: [(u) => drawSteps(u, ordered)] },
  };
  charts.set(box, new uPlot(options, [trace.times, ...ordered.plates.map((plate) => plate.grams)], box));
}

function drawVisible(root) {
  for (const box of root.querySelectorAll('.chart'))
    if (!box.closest('details:not([open])') && !charts.has(box)) draw(box);
}

function redrawAll() {
  for (const box of charts.keys()) draw(box);
}

const chartSizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const { clientWidth: width, clientHeight: height } = target;
    if (width > 0) charts.get(target)?.setSize({ width, height });
  }
});

const planSizes = new ResizeObserver((entries) => {
  for (const { target } of entries)
    if (target.clientWidth > 0)
      target.style.setProperty('--px', (Number(target.dataset.width) / target.clientWidth).toFixed(3));
});

for (const box of document.querySelectorAll('.chart')) chartSizes.observe(box);
for (const plan of document.querySelectorAll('.plan')) planSizes.observe(plan);
for (const details of document.querySelectorAll('details'))
  details.addEventListener('toggle', () => drawVisible(details));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);
// On paper nothing can be opened.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  drawVisible(document);
});
drawVisible(document);
