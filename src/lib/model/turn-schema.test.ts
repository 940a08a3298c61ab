import { describe, expect, it } from 'vitest';
import { checkRecord, parseRecord } from './record.ts';
import {
	conversationKind,
	draftKind,
	resolveTurns,
	sentKind,
	toStoredTurn,
	turnKind
} from './turn-schema.ts';
import { textsOf } from './turn-text.ts';
import type { ConversationRecord, DraftRecord, SentSettings, Turn } from './turn.ts';

/** Every field there is, so that one added to the type and forgotten in the schema fails here. */
type Full<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

const settings: Full<SentSettings['settings']> = {
	...{ model: 'a.b', endpoint: 'mantle', prefix: '/v1', stream: true },
	system: { id: '', role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] },
	...{ params: { temperature: 0.5 }, guardrail: { id: 'g', version: '1' } },
	output: { type: 'object' },
	tools: [{ type: 'function', name: 'f', off: true }],
	toolChoice: 'auto',
	mend: false,
	extra: { converse: { a: 1 } }
};
const sent: Full<SentSettings> = { v: 2, id: 's', conversation: 'c', settings, body: '{}' };
const conversation: Full<ConversationRecord> = {
	...{ v: 2, id: 'c', api: 'converse', title: 'Hi', model: 'a.b', simulated: true },
	...{ startedAt: 1, changedAt: 2, leaf: 't', end: 'http-error', status: 429, deletedAt: 3 }
};
const draft: Full<DraftRecord> = {
	...{ v: 2, conversation: 'c', api: 'responses', settings, composer: 'Hi', resend: true },
	parts: [{ type: 'image', mime: 'image/png', source: { file: 'ab'.repeat(32) } }],
	results: { t1: { text: '{}', asText: true, isError: true } },
	...{ typed: '{', returned: 'm', savedAt: 4, writer: 'w' }
};
const turn: Turn = {
	...{ v: 2, id: 't', conversation: 'c', parent: 'p', at: 5 },
	message: { id: 't', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }
};

describe('every field is kept', () => {
	it('of a turn, a conversation, a draft and settings as sent', () => {
		expect(parseRecord(turnKind, turn)).toStrictEqual({ ok: turn });
		expect(parseRecord(conversationKind, conversation)).toStrictEqual({ ok: conversation });
		expect(parseRecord(draftKind, draft)).toStrictEqual({ ok: draft });
		expect(parseRecord(sentKind, sent)).toStrictEqual({ ok: sent });
	});
});

it('settings have no messages, no chain and no way in for a host', () => {
	const crafted = { ...settings, messages: [turn.message], chain: {}, host: 'evil.test' };
	expect(parseRecord(sentKind, { ...sent, settings: crafted })).toStrictEqual({ ok: sent });
});

describe('a copy of a turn', () => {
	const copy: Turn = {
		...{ v: 2, id: 'u', conversation: 'c', parent: 'q', at: 6, of: 't' },
		message: { ...turn.message, id: 'u' }
	};
	const again: Turn = {
		...{ v: 2, id: 'w', conversation: 'c', at: 7, of: 't' },
		message: { ...turn.message, id: 'w' }
	};

	it('is stored without it, and has it again when it is read', () => {
		const stored = [again, copy, turn].map((one) => checkRecord(turnKind, toStoredTurn(one)));
		expect(JSON.stringify(stored).match(/Hi/g)).toHaveLength(1);
		expect(resolveTurns(stored)).toStrictEqual({ turns: [turn, copy, again], lost: 0 });
	});

	it('is lost with the turn that has the message, and counted', () => {
		expect(resolveTurns([toStoredTurn(copy)])).toEqual({ turns: [], lost: 1 });
	});

	it('has either a message or a turn that it is of', () => {
		const { message: _, ...bare } = turn;
		expect(parseRecord(turnKind, bare)).toEqual({ broken: true });
		expect(parseRecord(turnKind, copy)).toEqual({ broken: true });
	});
});

it('finds every text of a message', () => {
	const parts: Turn['message']['parts'] = [
		{ type: 'reasoning', text: 'think' },
		{ type: 'text', text: 'say' },
		{ type: 'refusal', text: 'no' },
		{ type: 'tool-call', id: 'i', name: 'weather', input: '{"city":"Rome"}' },
		{ type: 'opaque', api: 'converse', value: { toolResult: { text: 'sunny' } } }
	];
	expect(textsOf({ ...turn.message, parts })).toEqual([
		...['think', 'say', 'no', 'weather', '{"city":"Rome"}', '{"toolResult":{"text":"sunny"}}']
	]);
});
