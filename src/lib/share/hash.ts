/** How a link to a request begins, whatever a chat program has put around it. */
export const linkStart = /^[\s<]*#[\s<]*\/s(?![\w-])/;

/** Whether a hash is meant as a link to a request, whether or not it can be read. */
export function isLink(hash: string): boolean {
	return linkStart.test(unescape(hash));
}

/** Without percent-encoding, which is there twice where an encoded link was encoded; a link has no `%` of its own. */
export function unescape(hash: string): string {
	let text = hash;
	for (let round = 0; round < 3 && text.includes('%'); round++) {
		text = text.replace(/%([2-7][\da-f])/gi, (_, code: string) =>
			String.fromCharCode(parseInt(code, 16))
		);
	}
	return text;
}
