/**
 * The repository as the tidy rules see it: texts by path. A code file also has its comments, its imports (type imports
 * too, read from the TypeScript), its syntax tree (from the code with types blanked out, which keeps every position)
 * and `code`: the text with comments and the insides of strings blanked out, so that a rule looking for a word does
 * not stumble over prose.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { parse } from 'acorn';
import type { Comment, Node } from 'acorn';

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface ImportLine {
  readonly specifier: string;
  /** The file's path in the repository; null for packages. */
  readonly targetPath: string | null;
  readonly line: number;
}

export interface CodeFile extends TextFile {
  readonly code: string;
  readonly comments: readonly { readonly text: string; readonly line: number }[];
  readonly imports: readonly ImportLine[];
  readonly tree: Node;
}

export interface Repository {
  readonly texts: readonly TextFile[];
  readonly codeFiles: readonly CodeFile[];
  readonly paths: ReadonlySet<string>;
}

const NOT_OURS = new Set(['node_modules', '.git', 'data', 'out', 'dist', 'coverage']);
const BINARY = /\.(png|jpg|jpeg|gif|ico|mcap|woff2?|gz|zip)$/;
const IMPORT =
  /^[ \t]*(?:import|export)\s+(?:type\s+)?(?:(?:\*(?:\s+as\s+\w+)?|\{[^}]*\}|\w+(?:\s*,\s*\{[^}]*\})?)\s+from\s+)?(['"])([^'"\n]+)\1|\bimport\(\s*(['"])([^'"\n]+)\3\s*\)/gm;

export function lineAt(text: string, position: number): number {
  let line = 1;
  for (let index = 0; index < position; index++) if (text.charCodeAt(index) === 10) line++;
  return line;
}

/** Spaces for everything but line ends: positions and lines stay. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

function resolved(fromPath: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const parts = fromPath.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Comments and quotes that are left once the syntax tree's own are blanked: those inside types. */
const LEFT_IN_TYPES = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'[^'\n]*'|"[^"\n]*"/g;

function blanked(text: string, spans: readonly Span[]): string {
  let result = '';
  let done = 0;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.from < done) continue;
    result += text.slice(done, span.from) + blank(text.slice(span.from, span.to));
    done = span.to;
  }
  return result + text.slice(done);
}

export function codeFile(path: string, text: string): CodeFile {
  const source = text.startsWith('#!') ? text.replace(/^#![^\n]*/, blank) : text;
  const script = path.endsWith('.ts') ? stripTypeScriptTypes(source, { mode: 'strip' }) : source;
  const found: Comment[] = [];
  const spans: Span[] = [];
  const tree = parse(script, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
    onComment: found,
    onToken: (token) => {
      const { label } = token.type;
      if (label === 'string' || label === 'template' || label === 'regexp')
        spans.push({ from: token.start, to: token.end });
    },
  });
  for (const comment of found) spans.push({ from: comment.start, to: comment.end });
  const withoutScriptProse = blanked(source, spans);
  const comments = found.map((comment) => ({ text: comment.value, line: comment.loc?.start.line ?? 1 }));
  for (const left of withoutScriptProse.matchAll(LEFT_IN_TYPES)) {
    if (left[0].startsWith('/')) comments.push({ text: left[0], line: lineAt(source, left.index) });
  }
  return {
    path,
    text,
    code: withoutScriptProse.replaceAll(LEFT_IN_TYPES, blank),
    comments,
    imports: importsOf(path, { source, withoutScriptProse }),
    tree,
  };
}

function importsOf(path: string, of: { source: string; withoutScriptProse: string }): ImportLine[] {
  const imports: ImportLine[] = [];
  for (const match of of.source.matchAll(IMPORT)) {
    // A line inside a comment or a template is blank there; an import keeps its keyword.
    const start = match.index + match[0].search(/\S/);
    if (of.withoutScriptProse[start] === ' ') continue;
    const specifier = match[2] ?? match[4] ?? '';
    imports.push({ specifier, targetPath: resolved(path, specifier), line: lineAt(of.source, start) });
  }
  return imports;
}

export function repositoryOf(texts: readonly TextFile[]): Repository {
  const isCode = (file: TextFile): boolean => /\.(ts|js)$/.test(file.path);
  const codeFiles = texts.filter(isCode).map((file) => codeFile(file.path, file.text));
  return { texts, codeFiles, paths: new Set(texts.map((file) => file.path)) };
}

function readTexts(root: string, folder: string): TextFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(entry.name)) return [];
    if (entry.isDirectory()) return readTexts(root, path);
    return [{ path, text: BINARY.test(path) ? '' : readFileSync(join(root, path), 'utf8') }];
  });
}

export function readRepository(root: string): Repository {
  return repositoryOf(readTexts(root, ''));
}
