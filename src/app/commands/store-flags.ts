/** The flags by which a call says what an AiFi recording does not: geometry and currency. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { CURRENCY_EXPONENT } from '../../domain/index.ts';
import type { Currency } from '../../domain/index.ts';
import type { OpenOptions } from '../open-recording.ts';

export interface StoreFlags {
  readonly store?: string;
  readonly currency?: Currency;
}

export function withStoreFlags(command: Command): Command {
  const currency = new Option('--currency <code>', 'what prices of AiFi recordings are in').choices(
    Object.keys(CURRENCY_EXPONENT),
  );
  return command
    .option('--store <dir>', "the store's geometry files, where they are not beside the recording")
    .addOption(currency);
}

export function openOptionsOf(flags: StoreFlags): OpenOptions {
  return { storeDirectory: flags.store, currency: flags.currency };
}
