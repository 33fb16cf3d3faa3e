// Follows /bus and draws what it tells: a line a second, the last two minutes of it.
'use strict';

const SECONDS = 120;
const ROWS = 12;
const AGAIN_MS = 2000;
const MEGABYTE = 1048576;

const charts = new Map();
for (const figure of document.querySelectorAll('[data-chart]')) {
  charts.set(figure.dataset.chart, {
    output: figure.querySelector('output'),
    canvas: figure.querySelector('canvas'),
    values: [],
  });
}
const state = document.getElementById('state');
const flows = document.getElementById('flows');
const nodes = document.getElementById('nodes');

const short = (value) => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/** What the charts show of a second; undefined where no process tells it. */
function figures(second) {
  const gauges = Object.values(second.gauges);
  const told = (name) => gauges.filter((one) => name in one).map((one) => one[name]);
  const total = (name) => (told(name).length === 0 ? undefined : sum(told(name)));
  const received = second.flows.filter((flow) => flow.direction === 'received');
  return {
    sockets: total('sockets'),
    lobby: total('lobby'),
    calls: total('calls'),
    messages: sum(received.map((flow) => flow.messagesPerSecond)),
    slowest: Math.max(0, ...received.map((flow) => flow.p99Millis)),
    failures: sum(second.flows.map((flow) => sum(Object.values(flow.failures)))),
    resident: (total('residentBytes') ?? 0) / MEGABYTE,
    heap: (total('heapBytes') ?? 0) / MEGABYTE,
  };
}

function draw({ canvas, values }) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const pen = canvas.getContext('2d');
  pen.scale(scale, scale);
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return;
  const most = Math.max(...known) || 1;
  const colour = getComputedStyle(canvas).color;
  const x = (index) => width - (values.length - 1 - index) * (width / (SECONDS - 1));
  const y = (value) => height - 2 - (value / most) * (height - 6);
  pen.beginPath();
  values.forEach((value, index) => {
    if (value !== undefined) pen.lineTo(x(index), y(value));
  });
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.stroke();
  pen.lineTo(width, height);
  pen.lineTo(x(0), height);
  pen.globalAlpha = 0.15;
  pen.fillStyle = colour;
  pen.fill();
}

function row(cells) {
  const line = document.createElement('tr');
  for (const cell of cells) {
    line.appendChild(document.createElement('td')).textContent = cell;
  }
  return line;
}

function show(second) {
  for (const [name, value] of Object.entries(figures(second))) {
    const chart = charts.get(name);
    chart.values.push(value);
    if (chart.values.length > SECONDS) chart.values.shift();
    chart.output.textContent = value === undefined ? '–' : short(value);
    draw(chart);
  }
  const busiest = [...second.flows].sort((one, other) => other.messagesPerSecond - one.messagesPerSecond);
  flows.replaceChildren(
    ...busiest.slice(0, ROWS).map((flow) =>
      row([
        flow.address,
        flow.direction,
        flow.node,
        short(flow.messagesPerSecond),
        flow.bytesPerSecond === 0 ? '–' : short(flow.bytesPerSecond),
        short(flow.inFlight),
        flow.p50Millis === 0 ? '–' : short(flow.p50Millis),
        flow.p99Millis === 0 ? '–' : short(flow.p99Millis),
        Object.entries(flow.failures).map(([kind, count]) => `${kind} ${count}`).join(', '),
      ]),
    ),
  );
  nodes.replaceChildren(
    ...second.nodes.map((node) => {
      const gauges = second.gauges[node] ?? {};
      const amount = (name, unit = 1) => (name in gauges ? short(gauges[name] / unit) : '–');
      return row([
        node,
        amount('sockets'),
        amount('lobby'),
        amount('calls'),
        amount('residentBytes', MEGABYTE),
        amount('heapBytes', MEGABYTE),
      ]);
    }),
  );
  document.body.classList.remove('stale');
  state.textContent = `${second.at.slice(11, 19)} UTC, ${second.nodes.length} process${second.nodes.length === 1 ? '' : 'es'}`;
}

async function follow() {
  const answer = await fetch('/bus', { cache: 'no-store' });
  if (!answer.ok) throw new Error((await answer.json()).error);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the process has ended');
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) show(JSON.parse(line));
  }
}

async function keepFollowing() {
  for (;;) {
    try {
      await follow();
    } catch (error) {
      document.body.classList.add('stale');
      state.textContent = `not connected: ${error.message}; trying again`;
    }
    await new Promise((resume) => setTimeout(resume, AGAIN_MS));
  }
}

window.addEventListener('resize', () => charts.forEach(draw));
keepFollowing();
