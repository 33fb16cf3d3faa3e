// Fifty people send a video of 40 MB each at the same time: what does that cost the server in memory?
// Fails when not all are stored, or when it grows by 100 MB or more.
// node uploads.mjs <pid of the server> [people] [megabytes]
import { readFileSync } from 'node:fs';
import { Person } from './client.mjs';
import { video, webm } from './files.mjs';

const [pid, people = '50', megabytes = '40'] = process.argv.slice(2);
const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

const film = webm(40, Math.floor((Number(megabytes) * 1024 * 1024) / 42));
const crowd = await Promise.all(Array.from({ length: Number(people) }, (_, i) => Person.signUp(`Up ${i}`)));
// One upload of the same size goes before: the heap that a program at work has used before, and what
// the first upload of all loads, are not what fifty of them cost.
const first = await Person.signUp('First');
await video(first, film);

const before = resident();
let peak = before;
const watch = setInterval(() => { peak = Math.max(peak, resident()); }, 50);
const answers = await Promise.all(crowd.map((person) => video(person, film)));
clearInterval(watch);
const stored = answers.filter((answer) => answer.status === 200).length;
console.log(JSON.stringify({ people: crowd.length, bytes: film.length, stored, before, peak, grown: peak - before }));
const others = answers.find((answer) => answer.status !== 200);
if (others) console.log(JSON.stringify(others));
process.exit(stored === crowd.length && peak - before < 100 ? 0 : 1);
