const policyMeta = 'meta[http-equiv="content-security-policy" i]';

/** The sources that this page has narrowed its policy to; undefined where it has not. */
export let narrowed: readonly string[] | undefined;

/**
 * Narrows what the page may fetch to what it needs: without the ports of this computer where no saved gateway is on one.
 * Policies intersect, so a second one can only take away. Does nothing where the document states no policy, as while developing.
 *
 * @param gateways Base addresses of the gateways that are saved.
 */
export function narrowPolicy(page: Document, gateways: readonly string[] = []): void {
	const sources = narrowSources(statedPolicy(page), gateways);
	if (sources === undefined) return;
	const meta = page.createElement('meta');
	meta.httpEquiv = 'Content-Security-Policy';
	meta.content = `connect-src ${sources.join(' ')}`;
	page.head.append(meta);
	// It stays in force without its element, so that the built policy remains the one in the document.
	meta.remove();
	narrowed = sources;
}

/** The sources of `connect-src` that are in force: what the page was built with, narrowed; none where it states no policy. */
export function sourcesInForce(page: Document): readonly string[] {
	return narrowed ?? sourcesOf(statedPolicy(page));
}

/** What is left of the sources of `connect-src` in a policy; undefined where it has none. */
export function narrowSources(
	policy: string,
	gateways: readonly string[] = []
): string[] | undefined {
	const sources = sourcesOf(policy);
	if (sources.length === 0) return undefined;
	const hosts = gateways.filter((base) => URL.canParse(base)).map((base) => new URL(base).hostname);
	const kept = sources.filter((source) => {
		const [, loopback] = /^http:\/\/(localhost|127\.0\.0\.1):\*$/.exec(source) ?? [];
		return loopback === undefined || hosts.includes(loopback);
	});
	return kept.length === 0 ? ["'none'"] : kept;
}

/** The policy that a page was built with; '' where it states none. */
export function statedPolicy(page: Document): string {
	return page.querySelector(policyMeta)?.getAttribute('content') ?? '';
}

/** The sources of `connect-src` in a policy; none where it has no such directive. */
export function sourcesOf(policy: string): string[] {
	const directives = policy.split(';').map((one) => one.trim().split(/\s+/));
	const [, ...sources] = directives.find(([name]) => name === 'connect-src') ?? [];
	return sources;
}
