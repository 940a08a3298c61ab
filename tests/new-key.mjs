/**
 * A Bedrock short-term key as the console makes them, with credentials of nobody's.
 *
 * @param {{ region?: string; age?: number; life?: number; now?: number; token?: string }} [options] `age` and `life` in ms,
 *   `now` in epoch ms
 */
export function newKey({
	region = 'us-west-2',
	age = 0,
	life = 43_200_000,
	now = Date.now(),
	token = 'SessionTokenThatNobodyMaySee'
} = {}) {
	const stamp = new Date(now - age).toISOString().replace(/[-:]|\.\d+/g, '');
	const scope = ['ASIAIOSFODNN7EXAMPLE', stamp.slice(0, 8), region, 'bedrock', 'aws4_request'];
	const query = [
		'Action=CallWithBearerToken',
		'X-Amz-Algorithm=AWS4-HMAC-SHA256',
		`X-Amz-Credential=${scope.join('%2F')}`,
		`X-Amz-Date=${stamp}`,
		`X-Amz-Expires=${Math.round(life / 1000)}`,
		`X-Amz-Security-Token=${encodeURIComponent(token)}`,
		`X-Amz-Signature=${'0123456789abcdef'.repeat(4)}`,
		'X-Amz-SignedHeaders=host',
		'Version=1'
	].join('&');
	return `bedrock-api-key-${Buffer.from(`bedrock.amazonaws.com/?${query}`).toString('base64')}`;
}
