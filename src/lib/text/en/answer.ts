import { formatBytes, formatDuration } from '../format.ts';
import { section } from '../section.ts';

/** What the text of an answer says beside the model's own words. */
export const answer = section('answer', {
	copy: 'Copy',
	copyCode: 'Copy code',
	copied: 'Copied',
	copySelected: 'Not copied: the text is selected, press Ctrl+C or ⌘C',
	/** The field that holds the selected text when the browser refuses to copy. */
	copySource: 'Text to copy',
	thinking: 'Thinking',
	/** Beside *Thinking*: `0.8 s`, from a minute on `1 min 12 s`. */
	thinkingTime: (ms: number) => (ms < 59_950 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms)),
	/** Reasoning that the service does not show, or of which nothing but its signature came. */
	redacted: (bytes: number) =>
		`Redacted reasoning, ${formatBytes(bytes)} (kept and sent back unchanged)`,
	signed: (bytes: number) =>
		`The reasoning is not shown; its signature, ${formatBytes(bytes)}, is kept and sent back unchanged`,
	/** An image that the answer names and the page does not load; `where` is its host, or '' without one. */
	image: (alt: string, where: string) =>
		`[image: ${[alt, where].filter((part) => part !== '').join(' · ')}]`,
	/** Directly after a link whose text is not its address: the host. */
	linkHost: (host: string) => ` (${host})`,
	done: 'Done',
	notDone: 'Not done',
	table: 'Table',
	cellsLeftOut: (count: number) =>
		`${count.toLocaleString('en')} ${count === 1 ? 'cell is' : 'cells are'} not shown. Copy the answer to have them all.`
});
