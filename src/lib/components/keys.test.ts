import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isComposing, isSendKey } from './keys.ts';
import { shortcuts } from './shell/shortcuts.ts';

// Where the focus goes is seen in a browser.
vi.mock('./focus.ts', () => ({ focusComposer: () => undefined }));

const key = { key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13 };

describe('isSendKey', () => {
	it.each([
		['Enter', key, false, true],
		['Enter on a touch keyboard', key, true, false],
		['Shift+Enter', { ...key, shiftKey: true }, false, false],
		['Enter that ends a composition', { ...key, isComposing: true }, false, false],
		['Enter as Safari sends it after one', { ...key, keyCode: 229 }, false, false],
		['another key', { ...key, key: 'a' }, false, false]
	])('answers for %s', (_, event, touch, expected) => {
		expect(isSendKey(event, touch)).toBe(expected);
	});
});

describe('the keys of an input method', () => {
	function press(change: Partial<KeyboardEvent>) {
		const send = vi.fn();
		const stop = vi.fn();
		vi.stubGlobal('document', { querySelector: () => null });
		const current = { isBusy: true, send, stop };
		const { keydown } = shortcuts({ playground: { tabs: { current } }, shell: {} } as never);
		keydown({
			...{ key: 'Enter', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false },
			...{ isComposing: false, keyCode: 13, defaultPrevented: false, preventDefault: vi.fn() },
			...change
		} as unknown as KeyboardEvent);
		vi.unstubAllGlobals();
		return send.mock.calls.length + stop.mock.calls.length;
	}

	it.each([
		[{}, 1],
		[{ isComposing: true }, 0],
		[{ keyCode: 229 }, 0],
		[{ key: 'Escape', ctrlKey: false, keyCode: 27 }, 1],
		[{ key: 'Escape', ctrlKey: false, isComposing: true }, 0],
		[{ key: 'Process', code: 'Escape', ctrlKey: false, keyCode: 229 }, 0]
	])('reach no shortcut of the page: %j', (change, calls) => {
		expect(press(change)).toBe(calls);
	});

	it('are asked for wherever a component listens to Enter or Escape', () => {
		const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(svelte|ts)$/.test(file) && !file.endsWith('.test.ts'))
			.map((file) => [file, readFileSync(join(import.meta.dirname, file), 'utf8')] as const)
			.filter(([, code]) => /(key|code) [!=]== '(Enter|Escape)'/.test(code));
		expect(files.length).toBeGreaterThan(4);
		const careless = files.filter(([, code]) => !code.includes('isComposing('));
		expect(careless.map(([file]) => file)).toEqual([]);
		expect(isComposing({ isComposing: false, keyCode: 27 })).toBe(false);
	});
});
