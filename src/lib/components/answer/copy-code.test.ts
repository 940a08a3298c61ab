// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GrowingText } from '../../state/growing-text.ts';
import { copyCode } from './copy-code.ts';
import { MarkdownView } from './markdown-view.ts';
import { slices } from './slices.ts';

describe('copyCode', () => {
	const write = vi.fn<(text: string) => Promise<void>>();

	beforeEach(() => {
		vi.useFakeTimers();
		write.mockReset().mockResolvedValue(undefined);
		vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(write);
		Object.assign(document, { execCommand: () => false });
	});

	afterEach(() => {
		vi.useRealTimers();
		vi.restoreAllMocks();
		document.body.replaceChildren();
	});

	/** Shows a block of code, presses its button and waits for the clipboard. */
	async function press(text: string, ended = true): Promise<HTMLButtonElement> {
		const source = new GrowingText(text);
		if (ended) source.end();
		const { root } = source.open(MarkdownView);
		slices.finish();
		document.body.append(root);
		root.addEventListener('click', copyCode);
		const button = root.querySelector('button');
		if (button === null) throw new Error('There is no button.');
		button.click();
		await vi.advanceTimersByTimeAsync(0);
		return button;
	}

	it.each([
		['a closed block', '```ts\nlet a;\n\nlet b;\n```\n', 'let a;\n\nlet b;', true],
		[
			'an open one of several pieces',
			`\`\`\`\n${'a\n'.repeat(200)}b`,
			`${'a\n'.repeat(200)}b`,
			false
		],
		[
			'one too long for colours',
			`\`\`\`\n${'abc\n'.repeat(20_000)}\`\`\`\n`,
			'abc\n'.repeat(20_000).trimEnd(),
			true
		],
		['one in a list', '- x\n\n  ```\n  in\n  ```\n', 'in', true]
	])('copies %s as it came', async (_, text, code, ended) => {
		await press(text, ended);
		expect(write).toHaveBeenCalledExactlyOnceWith(code);
	});

	it('confirms for 1.5 s', async () => {
		const button = await press('```\na\n```\n');
		expect([button.className, button.getAttribute('aria-label')]).toEqual([
			'copy copied',
			'Copied'
		]);
		await vi.advanceTimersByTimeAsync(1499);
		expect(button.className).toBe('copy copied');
		await vi.advanceTimersByTimeAsync(1);
		expect([button.className, button.getAttribute('aria-label')]).toEqual(['copy', 'Copy code']);
	});

	it('selects the text in a field where the browser refuses, until that is left', async () => {
		write.mockRejectedValue(new Error('not allowed'));
		const button = await press('```\na\n```\n');
		const field = document.querySelector('textarea');
		expect([field?.value, field?.readOnly, document.activeElement === field]).toEqual([
			'a',
			true,
			true
		]);
		expect(button.getAttribute('aria-label')).toMatch(/^Not copied/);
		field?.blur();
		expect(document.querySelector('textarea')).toBeNull();
		expect(button.getAttribute('aria-label')).toBe('Copy code');
	});
});
