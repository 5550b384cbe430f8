import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { environment: 'happy-dom', include: ['{chat,console,sandbox,shared,widget}/**/*.test.{ts,tsx}'] },
});
