const ALLOWED =
	/^(?:authorization|content-type|accept|amz-sdk-[a-z-]+|x-amz-user-agent|x-amzn-bedrock-[a-z-]+)$/;

/** The CORS headers of every response. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'x-amzn-requestid,x-request-id,date'
};

/** The headers of the answer to a preflight, which allows those of the asked headers that it knows. */
export function allowPreflight(headers: Headers): Record<string, string> {
	const asked = headers
		.get('access-control-request-headers')
		?.toLowerCase()
		.split(/\s*,\s*/);
	const allowed = (asked ?? ['authorization', 'content-type', 'accept']).filter((name) =>
		ALLOWED.test(name.trim())
	);
	return {
		...CORS_HEADERS,
		'access-control-allow-methods': 'GET,POST,DELETE,OPTIONS',
		'access-control-allow-headers': allowed.join(',')
	};
}
