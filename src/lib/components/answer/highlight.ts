import bash from 'highlight.js/lib/languages/bash';
import go from 'highlight.js/lib/languages/go';
import http from 'highlight.js/lib/languages/http';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';

/** What a piece of code is, by the names of the tokens `--syn-*`. */
export type Kind = 'key' | 'string' | 'number' | 'literal' | 'keyword' | 'function' | 'comment';

/** Text of one colour. */
export interface Run {
	text: string;
	kind?: Kind;
}

export type ColourCode = typeof colourCode;

const lowlight = createLowlight({
	bash,
	go,
	http,
	java,
	json,
	python,
	sql,
	typescript,
	xml,
	yaml
});
// The grammar of TypeScript is that of JavaScript with types.
lowlight.registerAlias({
	typescript: ['javascript', 'js', 'jsx', 'mjs', 'cjs'],
	bash: ['shell', 'console', 'curl'],
	json: ['json5', 'jsonl']
});

/** highlight.js' scopes, their first word; what is not here takes the colour around it. */
const kinds: Readonly<Record<string, Kind | undefined>> = {
	'hljs-attr': 'key',
	'hljs-attribute': 'key',
	'hljs-property': 'key',
	'hljs-selector-class': 'key',
	'hljs-selector-id': 'key',
	'hljs-string': 'string',
	'hljs-regexp': 'string',
	'hljs-quote': 'string',
	'hljs-char': 'string',
	'hljs-number': 'number',
	'hljs-literal': 'literal',
	'hljs-symbol': 'literal',
	'hljs-bullet': 'literal',
	'hljs-keyword': 'keyword',
	'hljs-tag': 'keyword',
	'hljs-selector-tag': 'keyword',
	'hljs-type': 'keyword',
	'hljs-built_in': 'function',
	'hljs-title': 'function',
	'hljs-comment': 'comment',
	'hljs-doctag': 'comment',
	'hljs-meta': 'comment'
};

/** `code` as runs of one colour each, in order; undefined when the language is not known. */
export function colourCode(code: string, language: string): Run[] | undefined {
	const name = language.toLowerCase();
	if (!lowlight.registered(name)) return undefined;
	const runs: Run[] = [];
	addRuns(lowlight.highlight(name, code).children, undefined, false, runs);
	return runs;
}

type Nodes = ReturnType<typeof lowlight.highlight>['children'];

function addRuns(nodes: Nodes, kind: Kind | undefined, isTyped: boolean, runs: Run[]): void {
	for (const node of nodes) {
		if (node.type === 'element') {
			const names = namesOf(node.properties['className']);
			// Parameters and their types stand in the text's colour, as do the names of classes: `new Promise`.
			const typed = isTyped || names.includes('hljs-params');
			const plain =
				names.includes('class_') || (typed && /^hljs-(?:attr|built_in)$/.test(names[0] ?? ''));
			const own = plain ? undefined : kinds[names[0] ?? ''];
			// JSON's `true` is a keyword inside a literal.
			addRuns(node.children, kind === 'literal' ? kind : (own ?? kind), typed, runs);
		} else if (node.type === 'text') {
			const last = runs.at(-1);
			if (last !== undefined && last.kind === kind) last.text += node.value;
			else runs.push(kind === undefined ? { text: node.value } : { text: node.value, kind });
		}
	}
}

const namesOf = (classes: unknown): string[] =>
	Array.isArray(classes) ? classes.filter((name) => typeof name === 'string') : [];
