import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { toCsv, toJson } from './embedding-export.ts';

const texts = ['plain', 'with "quotes", commas\nand lines', '=1+1', 'missing', '-5', '日本'];
const table = {
	request: { input: texts, model: 'm', encoding_format: 'base64' },
	texts,
	vectors: [[0.6, 0.8], [1, 0], [0, -1], undefined, [0.1, 0.2], [1e-7, 1]],
	model: 'served',
	usage: { total_tokens: 6 }
};

describe('embeddings as a file', () => {
	it('of CSV are read by another program as they were', () => {
		const read =
			'import csv, json, sys; print(json.dumps(list(csv.reader(sys.stdin, strict=True))))';
		const input = toCsv(table);
		// Python translates the ends of lines that stand in a text.
		const rows = JSON.parse(
			execFileSync('python3', ['-c', read], { input, encoding: 'utf8' })
		) as string[][];
		expect(rows[0]).toEqual(['index', 'text', 'norm', 'v1', 'v2']);
		expect(rows.slice(1).map(([, text]) => text)).toEqual([
			...['plain', 'with "quotes", commas\nand lines', "'=1+1", 'missing', "'-5", '日本']
		]);
		expect(rows[1]).toEqual(['1', 'plain', '1', '0.6', '0.8']);
		expect(rows[4]).toEqual(['4', 'missing']);
		expect(Number(rows[6]?.[3])).toBe(1e-7);
	});

	it('of JSON hold what was asked and what came, and no second list of the texts', () => {
		const file = JSON.parse(toJson(table)) as Record<string, unknown>;
		expect(file).toMatchObject({
			request: { model: 'm', encoding_format: 'base64' },
			...{ model: 'served', usage: { total_tokens: 6 } }
		});
		expect(file['request']).not.toHaveProperty('input');
		const data = file['data'] as { text: string; embedding?: number[]; norm?: number }[];
		expect(data.map(({ text }) => text)).toEqual(texts);
		expect(data[0]).toEqual({ index: 0, text: 'plain', norm: 1, embedding: [0.6, 0.8] });
		expect(data[3]).toEqual({ index: 3, text: 'missing' });
		expect((file['cosines'] as number[][])[0]).toHaveLength(6);
		expect((file['cosines'] as (number | null)[][])[3]).toEqual(new Array(6).fill(null));
	});
});
