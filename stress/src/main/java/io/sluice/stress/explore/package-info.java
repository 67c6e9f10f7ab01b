/**
 * The explorer: production classes on a modelled machine, through every interleaving of a few processes, with deaths at
 * each access and stores that arrive late. {@link io.sluice.stress.explore.Scenario} says what is run and what must
 * hold, {@link io.sluice.stress.explore.Explorer} runs it.
 */
package io.sluice.stress.explore;
