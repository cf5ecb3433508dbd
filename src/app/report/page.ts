/**
 * The whole page: one file that opens from disk and asks nobody for anything. Its policy forbids every request and
 * every script but its own two, which are named by their hashes; so a name from outside that slipped through the
 * escaping would still be text and nothing more.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { headline, headlinePhrases } from './headline.ts';
import { healthPart } from './health-part.ts';
import { jsonMarkup, Markup, markup, nameMarkup } from '../../base/index.ts';
import { leftOutPart, problemsPart, strangersPart, weightNoticesPart } from './notes-parts.ts';
import { planPart } from './plan-part.ts';
import { receiptsPart } from './receipt-part.ts';
import type { Story } from './story.ts';
import { timelinePart } from './timeline-part.ts';
import { drawnTraces } from './trace-part.ts';
import { viewOf } from './view.ts';
import type { View } from './view.ts';
import { countText } from './words.ts';

const fromPackages = createRequire(import.meta.url);

function ownFile(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

function packageFile(name: string): string {
  return readFileSync(fromPackages.resolve(name), 'utf8');
}

/** A script or style as it stands; `</` within it would end its element. */
function inlined(text: string): Markup {
  return new Markup(text.replaceAll('</', '<\\/'));
}

function hashOf(script: Markup): string {
  return `'sha256-${createHash('sha256').update(script.text).digest('base64')}'`;
}

function phrases(view: View): Markup[] {
  return headlinePhrases(view).map(
    (phrase, index) => markup`${index > 0 && ' '}<span class="phrase">${phrase}</span>`,
  );
}

function recordingPart(view: View, isAlone: boolean): Markup {
  const { story, prefix } = view;
  return markup`<article class="recording" aria-labelledby="${prefix}">
<header class="recording-head">${!isAlone && markup`<p class="recording-name">${nameMarkup(story.recordingName)}</p>`}
<h2 id="${prefix}">${phrases(view)}</h2></header>
${receiptsPart(view)}
${planPart(view)}
${timelinePart(view)}
${strangersPart(view)}
${weightNoticesPart(view)}
<div class="pair">${healthPart(view)}${problemsPart(view)}</div>
${leftOutPart(view)}
</article>`;
}

function contents(views: readonly View[]): Markup | null {
  if (views.length < 2) return null;
  const rows = views.map(
    (view) =>
      markup`<li><a href="#${view.prefix}">${nameMarkup(view.story.recordingName)}</a> <span>${headline(view)}</span></li>`,
  );
  return markup`<nav aria-label="Recordings"><ol>${rows}</ol></nav>`;
}

function titleOf(views: readonly View[]): string {
  if (views.length === 1) return `Replay of ${views[0]!.story.recordingName}`;
  return `Replay of ${countText(views.length, 'recording')}`;
}

function footer(views: readonly View[]): Markup {
  const names = views.map((view) => nameMarkup(view.story.recordingName));
  const listed = names.flatMap((name, index) => (index === 0 ? [name] : [markup`, `, name]));
  return markup`<footer><p>This page was written by <code>tillfree replay</code> from ${listed.length === 0 ? 'no recording' : listed}. Every figure comes from what the recorded sensors sent and what the engine concluded from it. Times are sensor times, counted from the earliest observation of the recording. A spread (±) is one standard deviation. Nothing on this page is loaded from anywhere, and nobody is identified: people are numbered by when they came in.</p></footer>`;
}

/** The page for `stories`, in their order. */
export function pageOf(stories: readonly Story[]): string {
  const views = stories.map((story, index) => viewOf(story, `r${index + 1}`));
  const chartScript = inlined(packageFile('uplot/dist/uPlot.iife.min.js'));
  const pageScript = inlined(ownFile('./page-script.mjs'));
  const style = inlined(`${packageFile('uplot/dist/uPlot.min.css')}\n${ownFile('./page-style.css')}`);
  const traces = Object.assign({}, ...views.map(drawnTraces)) as Record<string, unknown>;
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ${hashOf(chartScript)} ${hashOf(pageScript)}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${titleOf(views)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><p class="brand">Tillfree</p><h1>${titleOf(views)}</h1></header>
${contents(views)}
<main id="main">${views.length === 0 && markup`<p>No recording could be opened.</p>`}${views.map((view) => recordingPart(view, views.length === 1))}</main>
${footer(views)}
<script type="application/json" id="traces">${jsonMarkup(traces)}</script>
<script>${chartScript}</script>
<script type="module">${pageScript}</script>
</body>
</html>
`.text;
}
