import type { BodyEnd, Unreachable } from '../model/exchange.ts';
import type { HttpRequest } from '../model/request.ts';

/** How an exchange went, as soon as that is known. */
export type Finding =
	/** It was answered; `isCut`: and the answer broke off. */
	{ status: number; isCut: boolean } | { unreachable: Unreachable };

/** What was last seen of a host by a request with one key, or with none. */
export interface Sighting {
	finding: Finding;
	method: HttpRequest['method'];
	/** The address that was meant, also where a relay was asked in its place. */
	url: string;
	/** Epoch ms of the finding. */
	at: number;
	/** ms from the request to its headers, or to the failure. */
	ms: number;
	isRelayed: boolean;
}

/** What has gone to and come from a host since the page was loaded. */
export interface HostTraffic {
	host: string;
	/** Requests, and those without a key that looked for the cause of a failure. */
	requests: number;
	/** Bytes of the bodies that were sent. */
	bytesOut: number;
	/** Bytes of the bodies that came, uncompressed. */
	bytesIn: number;
	/** Epoch ms of the last request. */
	at: number;
	/** The last sighting by the id of the key that was sent; '' where none was. */
	seen: Map<string, Sighting>;
}

/** Where requests go out: who is told of them, and the way they take. It lasts as long as the page. */
export class Network {
	/** The address below which the page's own origin passes requests on, such as `https://page.example/relay/`; absent: they go directly. */
	relay: string | undefined;
	/** By host, in the order of the first contact. */
	readonly hosts = new Map<string, HostTraffic>();
	/** Called when a request begins and when something is known of one, but not for every piece of an answer. */
	onchange: () => void = () => undefined;

	/** The address that is asked in place of `url`: where a relay is in use, those of Bedrock's hosts are behind it. */
	addressOf(url: string): string {
		const isPassedOn =
			/^https:\/\/bedrock(-runtime|-mantle)?\.[a-z0-9-]+\.(amazonaws\.com|api\.aws)\//.test(url);
		return this.relay === undefined || !isPassedOn
			? url
			: this.relay + url.slice('https://'.length);
	}

	/** Notes that a request goes out, with the key of that id. What it comes to is told to what this gives. */
	begin({ method, url, body }: HttpRequest, key = ''): Contact {
		const { host } = new URL(url);
		const traffic = this.hosts.get(host) ?? {
			...{ host, requests: 0, bytesOut: 0, bytesIn: 0, at: 0 },
			seen: new Map<string, Sighting>()
		};
		this.hosts.set(host, traffic);
		traffic.requests += 1;
		traffic.at = Date.now();
		if (body !== undefined) traffic.bytesOut += new TextEncoder().encode(body).length;
		this.onchange();
		const isRelayed = this.addressOf(url) !== url;
		const see = (finding: Finding, ms: number) => {
			traffic.seen.set(key, { finding, method, url, at: Date.now(), ms, isRelayed });
			this.onchange();
		};
		return new Contact(traffic, see);
	}
}

/** One exchange under way, for whoever watches. */
export class Contact {
	readonly #traffic: HostTraffic;
	readonly #see: (finding: Finding, ms: number) => void;
	#head: { status: number; ms: number } | undefined;

	constructor(traffic: HostTraffic, see: (finding: Finding, ms: number) => void) {
		this.#traffic = traffic;
		this.#see = see;
	}

	/** The headers have come. */
	head(status: number, ms: number): void {
		this.#head = { status, ms };
		this.#see({ status, isCut: false }, ms);
	}

	receive(bytes: number): void {
		this.#traffic.bytesIn += bytes;
	}

	/** The body has ended, or there was none. What somebody stopped says nothing of the host. */
	end(end: BodyEnd | { unreachable: Unreachable }, ms: number): void {
		if (typeof end === 'object') {
			// The cause was looked for by one more request, but where there was no network at all.
			if (!['offline', 'redirect', 'relay'].includes(end.unreachable)) this.#traffic.requests += 1;
			this.#see({ unreachable: end.unreachable }, ms);
		} else if (this.#head !== undefined) {
			const isCut = end === 'broken-off';
			this.#see({ status: this.#head.status, isCut }, this.#head.ms);
		}
	}
}

/** The network of this page. */
export const pageNetwork = new Network();
