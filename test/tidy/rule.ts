/** A tidy rule, with the snippets that prove it can fail and that it does not cry wolf. */
import type { Repository } from './repository.ts';

export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** Texts by path: a repository in miniature. */
export type Snippet = Readonly<Record<string, string>>;

export interface Rule {
  readonly name: string;
  check(repository: Repository): Violation[];
  readonly firesOn: readonly Snippet[];
  readonly staysQuietOn: readonly Snippet[];
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

/** `src/base/x.ts` → `base`; null outside src. */
export function sourceFolder(path: string): string | null {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** Reports every match of `pattern` in the code of the files that `applies` picks. */
export function patternCheck(
  pattern: RegExp,
  what: (found: string) => string,
  applies: (path: string) => boolean,
): Rule['check'] {
  return (repository) =>
    repository.codeFiles
      .filter((file) => applies(file.path))
      .flatMap((file) =>
        [...file.code.matchAll(pattern)].map((match) => {
          const line = file.code.slice(0, match.index).split('\n').length;
          return { path: file.path, line, what: what(match[0].trim()) };
        }),
      );
}
