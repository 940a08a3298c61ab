import { describe, expect, it } from 'vitest';
import type { Draft } from '../../model/draft.ts';
import { ReadError } from '../api.ts';
import { read } from './read.ts';

describe('reading what is no Converse request', () => {
	const base = 'https://bedrock-runtime.us-west-2.amazonaws.com';
	const url = `${base}/model/m/converse`;
	it.each([
		[{ url: `${base}/model/m/invoke`, body: '{}' }, 'wrong-path'],
		[{ url: 'no address', body: '{}' }, 'wrong-path'],
		[{ url: `${base}/model/%FF/converse`, body: '{}' }, 'wrong-path'],
		[{ url }, 'no-body'],
		[{ url, body: '[]' }, 'body-not-object'],
		[{ url, body: `{"a":${'['.repeat(9999)}${']'.repeat(9999)}}` }, 'too-deep']
	])('says so: %#', (request, code) => {
		const readIt = (): Draft => read({ method: 'POST', headers: {}, ...request });
		expect(readIt).toThrow(ReadError);
		expect(readIt).toThrow(code);
	});
});
