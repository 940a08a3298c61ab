/** ms that another page is given to say that it has a run. */
const longestWait = 300;
/** ms after which a page that has no locks asks again. */
const askAgainAfter = 2000;
const channelName = 'bedrock-playground-running';

/** What tells pages of one another; tests bring their own. */
export interface RunningWays {
	/** Absent outside a secure context. */
	locks?: LockManager | undefined;
	/** ms. */
	wait?: number;
}

/**
 * Says to other pages, for as long as this one lives, that run `id` is still running here. A browser lets go of it when
 * the page dies, however it dies. Returns what says that it has ended.
 */
export function holdRun(id: string, { locks = locksOf() }: RunningWays = {}): () => void {
	return locks === undefined ? answerFor(id) : lockFor(id, locks);
}

/**
 * Whether some page, this one too, holds run `id`. A stored run without an outcome that nobody holds was cut off when its
 * page closed.
 */
export async function isHeld(
	id: string,
	{ locks = locksOf(), wait = longestWait }: RunningWays = {}
): Promise<boolean> {
	if (locks === undefined) return ask(id, wait);
	const { held = [] } = await locks.query();
	return held.some(({ name }) => name === nameOf(id));
}

/**
 * Waits until no page, this one too, holds run `id`, and then holds it here: of several pages that wait, one goes on.
 * `onwait` is called where one has to wait. Gives what lets go of it; undefined where `signal` was aborted before.
 */
export async function claimRun(
	id: string,
	signal: AbortSignal,
	onwait: () => void,
	{ locks = locksOf(), wait = longestWait }: RunningWays = {}
): Promise<(() => void) | undefined> {
	if (await isHeld(id, { locks, wait })) onwait();
	if (signal.aborted) return undefined;
	if (locks !== undefined) return lockSoon(id, signal, locks);
	while (await ask(id, wait)) {
		await new Promise((resolve) => setTimeout(resolve, askAgainAfter));
		if (signal.aborted) return undefined;
	}
	return answerFor(id);
}

function lockSoon(
	id: string,
	signal: AbortSignal,
	locks: LockManager
): Promise<(() => void) | undefined> {
	return new Promise((resolve) => {
		locks
			.request(nameOf(id), { signal }, () => new Promise<void>((end) => resolve(end)))
			// Aborted, or refused because the page is going away.
			.catch(() => resolve(undefined));
	});
}

function lockFor(id: string, locks: LockManager): () => void {
	let end = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	locks
		.request(nameOf(id), () => ended)
		.catch(() => {
			// A page that is going away is refused; then there is nobody left to tell.
		});
	return end;
}

function answerFor(id: string): () => void {
	const channel = openChannel();
	if (channel === undefined) return () => {};
	channel.onmessage = ({ data }) => {
		if (data === `ask ${id}`) channel.postMessage(`held ${id}`);
	};
	return () => channel.close();
}

function ask(id: string, wait: number): Promise<boolean> {
	const channel = openChannel();
	if (channel === undefined) return Promise.resolve(false);
	return new Promise((resolve) => {
		const answer = (isHeld: boolean) => {
			clearTimeout(timer);
			channel.close();
			resolve(isHeld);
		};
		const timer = setTimeout(() => answer(false), wait);
		channel.onmessage = ({ data }) => {
			if (data === `held ${id}`) answer(true);
		};
		channel.postMessage(`ask ${id}`);
	});
}

function openChannel(): BroadcastChannel | undefined {
	try {
		return new BroadcastChannel(channelName);
	} catch {
		// Where storage is blocked so is this; then nothing is stored that another page could ask about.
		return undefined;
	}
}

function nameOf(id: string): string {
	return `bedrock-playground-run-${id}`;
}

function locksOf(): LockManager | undefined {
	// Absent outside a secure context, whatever the type says.
	return (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
}
