const text = new TextEncoder();

/** One server-sent event of data, with a name where `event` is not ''. */
export function encodeSse(event: string, data: string): Uint8Array<ArrayBuffer> {
	const name = event === '' ? '' : `event: ${event}\n`;
	return text.encode(`${name}data: ${data}\n\n`);
}
