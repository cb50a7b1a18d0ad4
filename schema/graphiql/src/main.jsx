import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './style.css';

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';

const ENDPOINT = '/graphql';
const TOKEN_KEY = 'softlanding:token';
const PLUGINS = [explorerPlugin(), HISTORY_PLUGIN];

const FIRST_QUERY = `# Welcome to Soft Landing.
#
# Paste the token printed by "make demo"
# into the field "Token" above. It goes with
# every request, and is forgotten when this
# tab is closed.
#
# Run: Ctrl-Enter   Complete: Ctrl-Space
# Explore the schema: the icons on the left

{
  incubators(first: 5) {
    edges {
      node {
        name
        country
      }
    }
  }
}
`;

/**
 * What GraphiQL remembers between visits, without any request header.
 *
 * `shouldPersistHeaders={false}` covers the tabs only: the history still writes
 * the headers of each run query into localStorage, and a header may hold a token.
 */
const memory = {
  getItem: (key) => localStorage.getItem(key),
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
  get length() {
    return localStorage.length;
  },
  setItem(key, value) {
    if (key === 'graphiql:headers') return;
    const bare = /^graphiql:(tabState|queries|favorites)$/.test(key)
      ? JSON.stringify(JSON.parse(value, (name, part) => (name === 'headers' ? null : part)))
      : value;
    localStorage.setItem(key, bare);
  },
};

/** A fetcher that sends `token`, and reports how the introspection went. */
function createFetcher(token, report) {
  return async (request, options) => {
    const headers = new Headers(options?.headers);
    headers.set('Content-Type', 'application/json');
    headers.set('Accept', 'application/graphql-response+json, application/json;q=0.9');
    if (token) headers.set('Authorization', `Bearer ${token}`);
    const response = await fetch(ENDPOINT, {
      method: 'POST',
      headers,
      body: JSON.stringify(request),
    });
    const answer = await response.json().catch(() => {
      throw new Error(`The server answered ${response.status} without JSON.`);
    });
    if (request.operationName === 'IntrospectionQuery') {
      const refusal = answer.data ? null : (answer.errors?.[0]?.message ?? 'no answer');
      report({ token, refusal });
    }
    return answer;
  };
}

function Bar({ token, onToken, outcome }) {
  const [draft, setDraft] = useState(token);
  const [shown, setShown] = useState(false);

  // A half-typed token must never be sent: the server counts wrong guesses.
  const commit = (text) => {
    const bare = text.trim().replace(/^Bearer\s+/i, '');
    setDraft(bare);
    onToken(bare);
  };
  const change = (event) => {
    const pasted = event.nativeEvent.inputType === 'insertFromPaste';
    (pasted ? commit : setDraft)(event.target.value);
  };

  // No <form>: with one, browsers offer to keep the token as a password.
  return (
    <header className="bar">
      <h1>Soft Landing</h1>
      <span role="status" className={outcome?.refusal ? 'refused' : ''} title={outcome?.refusal}>
        {outcome && (outcome.refusal ? `No schema: ${outcome.refusal}` : 'Schema loaded')}
      </span>
      <label htmlFor="token">Token</label>
      <input
        id="token"
        type={shown ? 'text' : 'password'}
        autoComplete="off"
        spellCheck={false}
        placeholder="paste it here"
        value={draft}
        onChange={change}
        onBlur={() => commit(draft)}
        onKeyDown={(event) => event.key === 'Enter' && commit(draft)}
      />
      <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? 'Hide' : 'Show'}
      </button>
      <button type="button" disabled={!draft} onClick={() => commit('')}>
        Clear
      </button>
    </header>
  );
}

function Page() {
  const [token, setToken] = useState(() => sessionStorage.getItem(TOKEN_KEY) ?? '');
  const [outcome, setOutcome] = useState(null);
  // GraphiQL asks for the schema again whenever it is given another fetcher.
  const fetcher = useMemo(() => createFetcher(token, setOutcome), [token]);

  const keep = (next) => {
    if (next) sessionStorage.setItem(TOKEN_KEY, next);
    else sessionStorage.removeItem(TOKEN_KEY);
    setToken(next);
  };

  return (
    <>
      <Bar token={token} onToken={keep} outcome={outcome?.token === token ? outcome : null} />
      <main>
        <GraphiQL
          fetcher={fetcher}
          plugins={PLUGINS}
          defaultQuery={FIRST_QUERY}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
          storage={memory}
        />
      </main>
    </>
  );
}

createRoot(document.getElementById('root')).render(<Page />);
