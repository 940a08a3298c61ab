import type { ApiName } from './call.ts';
import type { Fault, Flow } from './faults/fault.ts';
import { binaryFaults } from './faults/binary.ts';
import { endingFaults } from './faults/ending.ts';
import { problemFaults } from './faults/http.ts';
import { falseSuccessFaults, keyFaults, shapeFaults } from './faults/shape.ts';
import { cutFaults, errorFrameFaults } from './faults/stream.ts';
import { transportFaults } from './faults/transport.ts';
import type { Random } from './random.ts';
import type { Frame, Reply } from './wire/reply.ts';
import { totalWait, waitForHeaders } from './wire/waits.ts';

export type { End, Fault } from './faults/fault.ts';

/** Every way to fail on purpose. Send a request to the model `fault.<name>` to see one. */
export const faults: readonly Fault[] = [
	...problemFaults,
	...keyFaults,
	...shapeFaults,
	...falseSuccessFaults,
	...transportFaults,
	...cutFaults,
	...errorFrameFaults,
	...binaryFaults,
	...endingFaults
];

/** An answer in both forms, before a fault bends it. */
export interface Outcome {
	api: ApiName;
	streamed: boolean;
	contentType: string;
	frames: readonly Frame[];
	whole: () => Reply;
	random: Random;
}

/** The fault that a model id names, or undefined where it names none for this API. */
export function findFault(model: string, api: ApiName): Fault | undefined {
	return faults.find(({ name, apis }) => model === `fault.${name}` && apis.includes(api));
}

/** Makes the reply out of an answer, as the fault wants it. */
export function finishReply(fault: Fault | undefined, outcome: Outcome): Reply {
	const { api, streamed, contentType, frames, whole, random } = outcome;
	const wait = waitForHeaders(random) + (streamed ? 0 : totalWait(frames));
	const flow: Flow = { api, contentType, frames, end: 'close' };
	const reply: Reply = { ...(streamed ? stream(fault?.bend?.(flow) ?? flow) : whole()), wait };
	return fault?.change?.(reply) ?? reply;
}

function stream({ contentType, frames, end, chunks }: Flow): Reply {
	return {
		status: 200,
		headers: { 'content-type': contentType, 'cache-control': 'no-cache' },
		body: frames,
		end,
		...(chunks !== undefined && { chunks })
	};
}
