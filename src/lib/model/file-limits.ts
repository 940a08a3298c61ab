/**
 * What an image may be at most: px a side, and characters of its base64 (3.75 MB of bytes).
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html
 */
export const imageLimits = { side: 8000, base64: 5 * 1024 * 1024 };
