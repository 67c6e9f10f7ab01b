/** What turns objects into messages and back. */
package io.sluice.api.codec;
