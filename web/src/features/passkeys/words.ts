// What a new passkey is called, until its person says otherwise: what it was made on.
const SYSTEMS = ["iPhone", "iPad", "Android", "Windows", "Mac", "Linux"] as const;

export const usualName = (agent: string): string => SYSTEMS.find((system) => agent.includes(system)) ?? "Passkey";
