import { computeCrc32 } from '../wire/event-stream.ts';
import type { Fault, Flow } from './fault.ts';
import type { Frame } from '../wire/reply.ts';
import { encodeSse } from '../wire/sse.ts';
import { middleOf } from './middle.ts';

type Bytes = Uint8Array<ArrayBuffer>;

// The name ":event-type" is the first header; its type follows it.
const FIRST_HEADER_TYPE = 12 + 1 + ':event-type'.length;

/** Streams whose binary frames are wrong. */
export const binaryFaults: readonly Fault[] = [
	newDamage('bad-checksum', 'crc', 'The checksum of a message does not hold.', (bytes) =>
		flip(bytes, bytes.length - 1)
	),
	newDamage('bad-payload', 'crc', 'A byte of the payload was changed on the way.', (bytes) =>
		flip(bytes, bytes.length - 12)
	),
	newDamage('bad-prelude', 'crc', 'The checksum of the lengths does not hold.', (bytes) =>
		flip(bytes, 9)
	),
	newDamage('too-large', 'too-large', 'A frame says that it is almost 2 GB.', (bytes) =>
		withPrelude(bytes, 0x7fffffff, 16)
	),
	newDamage(
		'bad-length',
		'bad-length',
		'A frame says that it is shorter than a frame can be.',
		(bytes) => withPrelude(bytes, 8, 0)
	),
	newDamage('bad-header', 'bad-header', 'A header is of a type that does not exist.', (bytes) => {
		const bad = bytes.slice();
		bad[FIRST_HEADER_TYPE] = 99;
		new DataView(bad.buffer).setUint32(bad.length - 4, computeCrc32(bad.subarray(0, -4)));
		return bad;
	}),
	{
		...newFault('not-a-stream', 'The body is text, though its type says binary.'),
		end: 'bad-frame',
		code: 'not-a-stream',
		bend: (flow) => ({
			...flow,
			frames: [
				{
					name: 'text',
					bytes: new TextEncoder().encode('<html><head><title>Service page</title></head></html>'),
					wait: 0
				}
			]
		})
	},
	{
		...newFault('wrong-content-type', 'A gateway answers with server-sent events.'),
		end: 'finished',
		bend: (flow) => ({
			...flow,
			contentType: 'text/event-stream',
			frames: flow.frames.map((frame) => ({
				...frame,
				bytes: encodeSse(frame.name, payloadOf(frame))
			}))
		})
	}
];

function newFault(name: string, about: string): Omit<Fault, 'end'> {
	return { name, apis: ['converse'], streamed: true, about };
}

function newDamage(
	name: string,
	code: NonNullable<Fault['code']>,
	about: string,
	damage: (bytes: Bytes) => Bytes
): Fault {
	const bend = (flow: Flow): Flow => {
		const middle = middleOf(flow.frames);
		const frames = flow.frames.map((frame, at) =>
			at === middle ? { ...frame, bytes: damage(frame.bytes) } : frame
		);
		return { ...flow, frames };
	};
	return { ...newFault(name, about), end: 'bad-frame', code, bend };
}

function flip(bytes: Bytes, at: number): Bytes {
	return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

function withPrelude(bytes: Bytes, total: number, headers: number): Bytes {
	const changed = bytes.slice();
	const view = new DataView(changed.buffer);
	view.setUint32(0, total);
	view.setUint32(4, headers);
	view.setUint32(8, computeCrc32(changed.subarray(0, 8)));
	return changed;
}

function payloadOf({ bytes }: Frame): string {
	const start = 12 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
	return new TextDecoder().decode(bytes.subarray(start, bytes.length - 4));
}
