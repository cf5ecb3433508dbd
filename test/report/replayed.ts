/** Replays a scripted shop into a report, as the command does. */
import { buildCatalogue } from '../../src/domain/index.ts';
import type { StoreModel } from '../../src/domain/index.ts';
import { accept, closeShop, openShop } from '../../src/engine/index.ts';
import type { ShopEvent } from '../../src/engine/index.ts';
import { createReport } from '../../src/app/report/index.ts';
import type { Report } from '../../src/app/report/index.ts';
import { busyShopScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { Script, ScriptRecordingOptions } from '../builders/index.ts';

export interface Replayed {
  readonly report: Report;
  readonly events: readonly ShopEvent[];
  readonly store: StoreModel;
}

export interface ReplayOptions extends ScriptRecordingOptions {
  readonly store?: StoreModel;
  readonly script?: (store: StoreModel) => Script;
  readonly recordingName?: string;
}

/** The busy shop unless told otherwise: four people, ten moves. */
export function replayed(options: ReplayOptions = {}): Replayed {
  const store = options.store ?? scriptedShop({ seed: 3 });
  const script = (options.script ?? ((shop) => busyShopScript(shop, 3)))(store);
  const report = createReport({ recordingName: options.recordingName ?? 'busy shop', store });
  const shop = openShop(store);
  const events: ShopEvent[] = [];
  const hearAll = (told: readonly ShopEvent[]): void => {
    for (const event of told) report.hear(event);
    events.push(...told);
  };
  for (const observation of scriptRecording(store, script, options).observations()) {
    report.observe(observation);
    hearAll(accept(shop, observation));
  }
  hearAll(closeShop(shop));
  return { report, events, store };
}

/** The same store with every product under the name that `rename` gives it. */
export function renamed(store: StoreModel, rename: (name: string) => string): StoreModel {
  const rows = store.catalogue.products.map((product) => ({
    ...product,
    code: product.productId,
    name: rename(product.name),
    where: 'renamed',
  }));
  return { ...store, catalogue: buildCatalogue(rows).catalogue };
}

/** What a reader sees of a page: no tags, no scripts, no styles; entities as their characters. */
export function visibleText(html: string): string {
  const characters: Readonly<Record<string, string>> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
  };
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#?\w+);/g, (_, name: string) => characters[name] ?? ' ')
    .replaceAll(/\s+/g, ' ');
}
