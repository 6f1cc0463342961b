import { Body, Controller, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Idempotency } from '@weir/persistence';
import { Services } from '@weir/services';
import { DealPath } from '../deals/dto/deal.dto.js';
import { Idempotent } from '../http/idempotency.guard.js';
import { Permit } from '../http/permission.js';
import { Caller } from '../http/session.guard.js';
import { orderOf, ScenarioSetDto, ScenarioSetFilePath, ScenarioSetPath } from './dto/scenario-set.dto.js';
import { ScenarioSetIdResponse, ScenarioSetResponse, ScenarioSetStartedResponse } from './dto/scenario-set.response.js';

const aFile = { description: 'The file.', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };

/** Sets of scenarios over a deal, run by the workers. */
@ApiTags('scenario sets')
@Controller('deals/:dealId/scenario-sets')
export class ScenarioSetsController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(202)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: "Run a set of scenarios over the deal's document, from closing or after a settled period" })
  @ApiAcceptedResponse({ type: ScenarioSetStartedResponse })
  start(
    @Caller() actor: Actor,
    @Param() path: DealPath,
    @Body() body: ScenarioSetDto,
    @Idempotent() idempotency: Idempotency,
  ): Promise<ScenarioSetStartedResponse> {
    return this.services.scenarioSets.start(actor, path.dealId, orderOf(body), idempotency);
  }

  @Get()
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: "The deal's sets, the latest first, at most 100" })
  @ApiOkResponse({ type: [ScenarioSetResponse] })
  list(@Caller() actor: Actor, @Param() path: DealPath): Promise<ScenarioSetResponse[]> {
    return this.services.scenarioSets.list(actor, path.dealId) as Promise<ScenarioSetResponse[]>;
  }

  @Get(':setId')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: 'One set: how far it is, and its files once it is done' })
  @ApiOkResponse({ type: ScenarioSetResponse })
  get(@Caller() actor: Actor, @Param() path: ScenarioSetPath): Promise<ScenarioSetResponse> {
    return this.services.scenarioSets.get(actor, path.dealId, path.setId) as Promise<ScenarioSetResponse>;
  }

  @Post(':setId/cancellation')
  @HttpCode(200)
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent'])
  @ApiOperation({ summary: 'Stop a set that is running' })
  @ApiOkResponse({ type: ScenarioSetIdResponse })
  cancel(
    @Caller() actor: Actor,
    @Param() path: ScenarioSetPath,
    @Idempotent() idempotency: Idempotency,
  ): Promise<ScenarioSetIdResponse> {
    return this.services.scenarioSets.cancel(actor, path.dealId, path.setId, idempotency);
  }

  @Get(':setId/files/:name')
  @Permit(['issuer', 'servicer', 'trustee', 'calculation-agent', 'auditor', 'operator'])
  @ApiOperation({ summary: 'One file of the results of a set: results.json, results.csv, summary.json, summary.csv' })
  @ApiOkResponse(aFile)
  async file(@Caller() actor: Actor, @Param() path: ScenarioSetFilePath): Promise<StreamableFile> {
    const { dealId, setId, name } = path;
    const { bytes, mediaType } = await this.services.scenarioSets.file(actor, dealId, setId, name);
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(bytes, { type: mediaType, disposition, length: bytes.length });
  }
}
