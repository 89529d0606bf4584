/** What the page of the test build waits for its own files: `?script=2000`, in milliseconds, or what the product waits. */
import { PATIENCE as own } from '../src/patience';

const query = new URLSearchParams(location.search);

export const PATIENCE = Object.fromEntries(Object.entries(own).map(([name, usual]) => [name, Number(query.get(name) ?? usual)])) as typeof own;
