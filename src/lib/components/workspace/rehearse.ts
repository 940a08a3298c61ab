import { flushSync, mount, unmount } from 'svelte';
import type { ComponentProps } from 'svelte';
import { apis } from '../../apis/index.ts';
import { AnswerReader } from '../../http/read-answer.ts';
import { Redactor } from '../../http/redact.ts';
import { newId, newMessage } from '../../model/draft.ts';
import type { Part } from '../../model/draft.ts';
import type { Run } from '../../model/run.ts';
import type { ConversationRecord } from '../../model/turn.ts';
import { AnswerView } from '../../state/answer-view.svelte.ts';
import { idleAfter } from '../../model/idle.ts';
import { english, formatCount } from '../../text/format.ts';
import { loadHighlighter } from '../answer/colour.ts';
import Rehearsal from './Rehearsal.svelte';
import type { Answered } from './Rehearsal.svelte';

/** Some of everything that answers are made of. Each is drawn by itself first: all at once would be a long task. */
const samples = [
	'Text.\n',
	`# Title

A *few* **words** with \`code\`, [a link](https://example.com/) and 1 < 2.
A second line, see <https://example.org/> & more…
`,
	`- one
- two
  - inner

1. first
2. second

> Quoted.

| a | b |
| --- | ---: |
| 1 | 2 |

\`\`\`
code
\`\`\`

The end.
`
];

/** Letters that the page's own fonts lack: of Chinese, and an emoji. */
const otherFonts = ['字', '✅'];

/**
 * Reads and draws a short answer that nobody sees, and its row in the list of conversations, and loads what colours code.
 * What a browser runs for the first time takes several times as long as later, and for the first letter that the page's
 * fonts lack it looks through all others: without this the first Send of a visit pays for both. Nothing is sent or stored.
 *
 * @param latestRun Gives a promise of the end of the run that was begun last, always the same one for a run.
 */
export async function rehearse(latestRun: () => Promise<unknown>): Promise<void> {
	const steps = rehearsal();
	// Who has sent is not to wait for what is only rehearsed.
	do await idleAfter(latestRun);
	while (steps.next().done !== true);
}

/** Piece by piece: who types meanwhile is not to wait. */
function* rehearsal(): Generator<void> {
	// For the first number Chromium loads what it knows of languages, which takes as long as an answer. A collator needs
	// about half of it.
	new Intl.Collator(english);
	yield;
	formatCount(0);
	yield;
	const answers = samples.map(readSample);
	yield;
	draw({ message: newMessage('user', 'Said.') });
	draw({ answered: answerOf([], true) });
	for (const parts of answers) {
		yield;
		draw({ answered: answerOf(parts, true) });
	}
	for (const parts of [...otherFonts.map(readSample), answers.flat()]) {
		yield;
		draw({ answered: answerOf(parts, false) }, layOut);
	}
	yield;
	draw({ row: newRow() });
	yield;
	void loadHighlighter();
}

/** `text` as it comes in a stream of Chat Completions, read with a made-up key to look for. */
function readSample(text: string): readonly Part[] {
	const reader = new AnswerReader({
		...{ api: apis['chat-completions'], request: { headers: {} } },
		head: { status: 200, headers: { 'content-type': 'text/event-stream' }, t: 0 },
		redactor: new Redactor(newId().repeat(8))
	});
	const pieces = text.match(/[^]{1,12}/g) ?? [];
	const events = pieces.map((content, index) => ({
		...{ id: 'rehearsal', object: 'chat.completion.chunk', created: 1_700_000_000, model: '' },
		choices: [{ index: 0, delta: index === 0 ? { role: 'assistant', content } : { content } }]
	}));
	const encoder = new TextEncoder();
	for (const [t, event] of events.entries())
		reader.push({ t, bytes: encoder.encode(`data: ${JSON.stringify(event)}\n\n`) });
	return reader.end({ end: 'whole', times: { end: events.length } }).parts;
}

function newRow(): ConversationRecord {
	const of = { id: '', api: 'chat-completions', title: '', model: '', simulated: true } as const;
	return { v: 2, ...of, startedAt: 0, changedAt: 0 };
}

function answerOf(parts: readonly Part[], isLive: boolean): Answered {
	const times = { headers: 1, firstToken: 1, firstText: 1, end: 1 };
	const received = { frames: 1, bytes: 1 };
	const run: Run = {
		...{ v: 2, id: '', api: 'chat-completions', conversation: '', turn: '', startedAt: 0 },
		request: { method: 'POST', url: '', headers: {} },
		body: { length: 0, crc: 0 },
		...{ simulated: true, sent: '', draftModel: '', times, received },
		...(!isLive && {
			outcome: { end: 'finished', reason: 'stop' },
			usage: { input: 1, output: 1, raw: {} }
		})
	};
	return {
		...{ answer: new AnswerView(parts, !isLive), run },
		...(isLive && { progress: { elapsed: 1, times, received } })
	};
}

/** Draws outside of the page; `use` is called with what was drawn. */
function draw(
	props: ComponentProps<typeof Rehearsal>,
	use: (drawn: HTMLElement) => void = () => undefined
): void {
	const target = document.createElement('div');
	const rehearsal = mount(Rehearsal, { target, props });
	flushSync();
	use(target);
	void unmount(rehearsal);
}

/** Makes the browser lay out what was drawn, and takes it off the page again before it is painted. */
function layOut(drawn: HTMLElement): void {
	document.body.append(drawn);
	// To ask for a place makes the browser lay out.
	drawn.getBoundingClientRect();
	drawn.remove();
}
