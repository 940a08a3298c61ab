import { describe, expect, it } from 'vitest';
import { reasonNotToSend } from './reason.ts';

function reason({
	model = 'm',
	isFramed = false,
	isEmpty = false,
	isLoading = false,
	expiredAt = 0,
	calls = 0,
	lacksGateway = false,
	isSimulated = true,
	ready = true,
	isOutOfReach = false
}): unknown {
	const keyRing = { record: undefined, ...(expiredAt > 0 && { expiredAt }) };
	return reasonNotToSend(
		{ ready, isFramed, parts: { isOutOfReach }, keyRing } as never,
		{
			editor: { settings: { model } },
			next: { isEmpty },
			tray: { calls: new Array(calls) },
			...{ files: { isLoading }, lacksGateway, isSimulated }
		} as never
	);
}

describe('reasonNotToSend', () => {
	it.each([
		[{}, undefined],
		[{ model: '' }, 'Name a model first'],
		[{ model: '.' }, expect.stringMatching(/^A model id of \. is a step between folders/)],
		[{ model: '..' }, expect.stringMatching(/^A model id of \.\. is a step between folders/)],
		[{ model: '%2e%2E' }, expect.stringContaining('step between folders')],
		[{ model: '...' }, undefined],
		[{ isLoading: true }, 'Loading the attachments'],
		[{ isEmpty: true }, 'Write a message first'],
		[{ isEmpty: true, calls: 2 }, 'Send the tool results first'],
		[{ calls: 2 }, undefined],
		[{ expiredAt: 1 }, 'Key expired'],
		[{ expiredAt: 1, isSimulated: false }, undefined],
		[{ lacksGateway: true }, 'No gateway is set up here'],
		[{ ready: false }, 'The page is opening'],
		[{ isOutOfReach: true }, expect.stringContaining('could not be loaded')],
		[{ ready: false, isOutOfReach: true }, expect.stringContaining('could not be loaded')],
		[{ isFramed: true }, 'Not inside another site']
	])('answers for %j', (state, expected) => {
		expect(reason(state)).toEqual(expected);
	});
});
