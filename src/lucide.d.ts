/** An icon by itself; the package has no types for its single files. */
declare module 'lucide/dist/esm/icons/*.mjs' {
	const shape: import('lucide').IconNode;
	export default shape;
}
