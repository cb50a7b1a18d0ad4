"""The documents that are measured; what varies is in their variables."""

_STAY_WITH_STEPS = """
fragment stay on Stay {
  id arrival departure state
  startup { id slug name country stage }
  host { id slug name country }
  onboarding { steps { key title { value } state severity dueOn } }
}
"""
INCUBATORS = """query Incubators($after: String) {
  incubators(first: 20, after: $after) {
    nodes { id slug name country city website publicFunding stayCapacity }
  }
}"""
HOSTED = f"""query Hosted($slug: String!, $from: Date!) {{
  incubator(slug: $slug) {{
    hostedStays(first: 20, where: {{arrival: {{gte: $from}}}}) {{ nodes {{ ...stay }} }}
  }}
}}{_STAY_WITH_STEPS}"""
HOSTED_WITH_FIELD = f"""query Hosted($slug: String!, $from: Date!) {{
  incubator(slug: $slug) {{
    hostedStays(first: 20, where: {{arrival: {{gte: $from}}}}) {{
      nodes {{ ...stay bench {{ nights season note }} }}
    }}
  }}
}}{_STAY_WITH_STEPS}"""
STAYS = f"""query Stays($from: Date!) {{
  stays(first: 20, where: {{arrival: {{gte: $from}}}}) {{ nodes {{ ...stay }} }}
}}{_STAY_WITH_STEPS}"""
AGENDA = """query Agenda($from: Date!, $to: Date!, $after: String) {
  stays(first: 20, after: $after, where: {arrival: {gte: $from, lte: $to}}) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node { id arrival departure state startup { name } host { name } } }
  }
}"""
STAY = """query Stay($id: ID!) {
  stay(id: $id) {
    id arrival departure state days revision goals motivation submittedAt
    startup { id name } host { id name }
  }
}"""
NETWORK = """query Network($after: String) {
  incubators(first: 5, after: $after) {
    nodes {
      slug name
      startups(first: 5) {
        nodes {
          slug name
          stays(first: 5) { nodes { id arrival departure state host { slug } } }
        }
      }
    }
  }
}"""
ARRIVING = """query Arriving($country: String!, $from: Date!) {
  stays(first: 20, where: {startup: {country: {eq: $country}}, arrival: {gte: $from}}) {
    nodes { id arrival departure state startup { slug name country } host { slug name } }
  }
}"""
OVERVIEW = """query Overview($slug: String!, $from: Date!, $houses: Boolean!, $texts: Boolean!) {
  incubator(slug: $slug) { ...house city website }
  stays(first: 10, where: {arrival: {gte: $from}}) {
    nodes {
      ...coming
      home @include(if: $houses) { ...house }
      host @include(if: $houses) { ...house }
      ...reasons @include(if: $texts)
    }
  }
}
fragment house on Incubator { slug name country }
fragment coming on Stay { id arrival departure state startup { slug name } }
fragment reasons on Stay { goals motivation }"""
APPLY = """mutation Apply($input: ApplyForStayInput!) {
  applyForStay(input: $input) {
    problems { code message }
    stay {
      id arrival departure state
      startup { id slug name }
      onboarding { steps { key state dueOn } }
    }
  }
}"""
