import { citationsOf } from './citations.ts';
import type { Part } from './draft.ts';
import { stringifyJson } from './json-text.ts';

/** A message as a Markdown document: its thoughts as a quote, its calls and results as code, its sources as a list. */
export function markdownOf(parts: readonly Part[]): string {
	return parts
		.map(sayPart)
		.filter((text) => text !== '')
		.join('\n\n');
}

function sayPart(part: Part): string {
	switch (part.type) {
		case 'text':
		case 'refusal':
			return [part.text, saySources(part)].filter((text) => text !== '').join('\n\n');
		case 'reasoning':
			return part.text === '' ? '' : part.text.replace(/^/gm, '> ');
		case 'image':
		case 'document':
		case 'audio':
		case 'video': {
			const { source, name = part.type } = part;
			return `${part.type === 'image' ? '!' : ''}[${name}](${'url' in source ? source.url : ''})`;
		}
		case 'tool-call':
			return `\`${part.name}\`\n\n${fence(part.input, 'json')}`;
		case 'tool-result':
			return markdownOf(part.parts);
		case 'opaque':
			return fence(stringifyJson(part.value, 2), 'json');
	}
}

function saySources(part: Part): string {
	return citationsOf(part)
		.map(({ title, url, text = '' }) => {
			const name = title ?? url ?? text;
			return url === undefined ? `- ${name}` : `- [${name}](${url})`;
		})
		.join('\n');
}

/** A block of code, fenced by more backticks than it holds. */
function fence(text: string, language: string): string {
	const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
	const mark = '`'.repeat(longest + 1);
	return `${mark}${language}\n${text}\n${mark}`;
}
