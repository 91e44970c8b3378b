import { Alert, Button, Code } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { messages } from "./messages.ts";

/**
 * Contains the crash of a screen: the sidebar stays usable, and the screen can be reloaded. It reloads the page,
 * because the page remembers a chunk that couldn't be fetched as missing.
 */
export class ScreenBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Alert m={16} color="orange" role="alert" title={messages.screenCrash.title}>
        {messages.screenCrash.detail}
        <Code block my={8}>
          {error.message}
        </Code>
        <Button variant="default" onClick={() => window.location.reload()}>
          {messages.screenCrash.reload}
        </Button>
      </Alert>
    );
  }
}
