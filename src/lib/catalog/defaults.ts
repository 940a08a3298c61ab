/** The Region that the demo speaks of, and that a long-term key begins with. */
export const defaultRegion = 'us-west-2';
