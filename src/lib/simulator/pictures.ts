/** What the bytes of a picture say it is, and its size in px where they tell. */
export interface Picture {
	format: 'png' | 'jpeg' | 'gif' | 'webp';
	pixels?: readonly [width: number, height: number];
}

/** Reads the beginning of a picture in base64; undefined for what begins like none. */
export function readPicture(base64: string): Picture | undefined {
	const head = decode(base64.slice(0, 65_536));
	const at = (place: number, count: number, little = false): number => {
		const bytes = [...head.slice(place, place + count)].map((char) => char.charCodeAt(0));
		return (little ? bytes.reverse() : bytes).reduce((sum, byte) => sum * 256 + byte, 0);
	};
	if (head.startsWith('\x89PNG'))
		return { format: 'png', ...(head.length > 24 && { pixels: [at(16, 4), at(20, 4)] }) };
	if (head.startsWith('GIF8'))
		return { format: 'gif', ...(head.length > 10 && { pixels: [at(6, 2, true), at(8, 2, true)] }) };
	if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return { format: 'webp' };
	if (!head.startsWith('\xff\xd8\xff')) return undefined;
	const frame = findFrame(head, at);
	const pixels = frame !== undefined && ([at(frame + 7, 2), at(frame + 5, 2)] as const);
	return { format: 'jpeg', ...(pixels && { pixels }) };
}

/** Where the header of the first frame of a JPEG begins: what stands before it says how long it is. */
function findFrame(head: string, at: (place: number, count: number) => number): number | undefined {
	for (let place = 2; place + 9 < head.length; place += 2 + at(place + 2, 2)) {
		if (/[\xc0-\xc2]/.test(head.charAt(place + 1))) return place;
	}
	return undefined;
}

/** `, 30×20 px`, or '' where a picture does not tell its size. */
export function describePixels(base64: string): string {
	const pixels = readPicture(base64)?.pixels;
	return pixels === undefined ? '' : `, ${pixels.join('×')} px`;
}

function decode(base64: string): string {
	try {
		return atob(base64.slice(0, base64.length - (base64.length % 4)));
	} catch {
		// Not base64, so no picture either.
		return '';
	}
}
