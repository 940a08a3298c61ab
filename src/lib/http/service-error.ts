import type { ServiceError } from '../model/event.ts';
import { getOwn, isJsonObject } from '../model/json.ts';
import { isPlaceholder } from '../model/json-pieces.ts';

// Where services put their words, the more telling first.
const WORD_KEYS = ['message', 'Message', 'error', 'detail', 'msg', 'errorMessage'];
// Services put an envelope inside an envelope (`error.error.message`); deeper ones have not been seen.
const MAX_DEPTH = 5;
// Of a page of HTML, where its title and heading stand.
const MAX_HTML_CHARACTERS = 64 * 1024;

/**
 * What a service said about a failure, in whatever shape: AWS JSON, an OpenAI, Anthropic or FastAPI envelope, HTML of
 * a proxy, or plain text. Its words are kept as they are; `raw` keeps all of `text`.
 *
 * @param headers Response headers with lower-case names, as far as they can be read.
 */
export function parseServiceError(
	status: number,
	headers: Readonly<Record<string, string>>,
	text: string
): ServiceError {
	const body = parseErrorBody(text);
	const code = findCode(body) ?? shortName(getOwn(headers, 'x-amzn-errortype'));
	const requestId = findRequestId(headers, body);
	const words = findWords(body) ?? textOf(getOwn(headers, 'x-amzn-errormessage'));
	// Only a JSON body that has a code and no words says nothing to a reader.
	const rest = body === undefined || code === undefined ? sayText(text) : '';
	return {
		status,
		...(code !== undefined && { code }),
		message: words ?? rest,
		...(requestId !== undefined && { requestId }),
		raw: text
	};
}

/** Whether a value that came with status 200 is an error all the same. */
export function isErrorEnvelope(value: unknown): boolean {
	if (!isJsonObject(value)) return false;
	// Every frame comes by here, and hardly any has a field of these.
	const { error, type, __type, Output } = value;
	if ((isJsonObject(error) && !isPlaceholder(error)) || textOf(error) !== undefined) return true;
	if (type === 'error') return true;
	return (__type !== undefined || Output !== undefined) && coralType(value) !== undefined;
}

/** The body as a JSON value; undefined where it is none, as many errors are. */
function parseErrorBody(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function findWords(value: unknown, depth = 0): string | undefined {
	if (typeof value === 'string') return textOf(value);
	if (depth === MAX_DEPTH) return undefined;
	if (Array.isArray(value)) {
		const words = value.flatMap((item) => findWords(item, depth + 1) ?? []);
		return words.length > 0 ? words.join('; ') : undefined;
	}
	for (const key of WORD_KEYS) {
		const words = findWords(getOwn(value, key), depth + 1);
		if (words === undefined) continue;
		const place = getOwn(value, 'loc');
		return Array.isArray(place) ? `${place.filter(isStep).join('.')}: ${words}` : words;
	}
	return undefined;
}

function findCode(body: unknown): string | undefined {
	const error = getOwn(body, 'error');
	return (
		coralType(body) ??
		textOf(getOwn(error, 'code')) ??
		textOf(getOwn(error, 'type')) ??
		numberOf(getOwn(error, 'code')) ??
		textOf(getOwn(body, 'code'))
	);
}

/** `com.amazon.coral.service#UnknownOperationException` at the top or in `Output`, by its last name. */
function coralType(body: unknown): string | undefined {
	return shortName(getOwn(body, '__type') ?? getOwn(getOwn(body, 'Output'), '__type'));
}

/** `ns#ThrottlingException:http://…` → `ThrottlingException`. */
function shortName(name: unknown): string | undefined {
	return textOf(textOf(name)?.split('#').at(-1)?.split(':', 1)[0]);
}

function findRequestId(headers: object, body: unknown): string | undefined {
	return (
		textOf(getOwn(headers, 'x-amzn-requestid')) ??
		textOf(getOwn(headers, 'x-request-id')) ??
		textOf(getOwn(body, 'request_id')) ??
		textOf(getOwn(getOwn(body, 'error'), 'request_id'))
	);
}

/** The words of a text that is no JSON; of HTML its title or heading, else all that is not a tag. */
function sayText(text: string): string {
	const start = text.slice(0, MAX_HTML_CHARACTERS);
	if (!/^\s*<[!a-z]/i.test(start)) return text.trim();
	// `[^<>]`: so that a page of open tags is not searched over and over.
	const [, title] = /<title\b[^<>]*>([^<>]*)/i.exec(start) ?? [];
	const [, heading] = /<h1\b[^<>]*>([^<>]*)/i.exec(start) ?? [];
	return unescapeHtml(title ?? '') || unescapeHtml(heading ?? '') || unescapeHtml(start);
}

function unescapeHtml(html: string): string {
	return html
		.replace(/<[^<>]*>/g, ' ')
		.replace(/&(lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities.get(name) ?? '')
		.replaceAll('&amp;', '&')
		.replace(/\s+/g, ' ')
		.trim();
}

const entities = new Map([
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['nbsp', ' '],
	['#39', "'"]
]);

/** Whether a value names a step of the way to a field. */
function isStep(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : undefined;
}
